import type { InvitationOffer } from "@assay/core";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { sessionQuery } from "../api/session.ts";
import { personalClient } from "../api/tenant-client.ts";

interface NewAccount {
  name?: string;
  password?: string;
}

/** Accepts an invitation and leads into its tenant. */
export function useAcceptance(
  token: string,
  { tenant }: InvitationOffer,
): UseMutationResult<unknown, Error, NewAccount> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (account: NewAccount) => {
      const session = await personalClient.acceptInvitation({ token, ...account });
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate({ to: "/t/$tenant", params: { tenant: tenant.slug } });
    },
  });
}
