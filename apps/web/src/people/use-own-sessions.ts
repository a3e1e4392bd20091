import type { CallInput, CallOptions } from "@assay/client";
import type { SessionRow } from "@assay/core";
import { LIMITS } from "@assay/core/plain";
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { personalClient } from "../api/tenant-client.ts";

/** Beside the tenants' answers, which are kept under their slugs; no slug begins like this. */
const OWN_SESSIONS = ["#own", "listSessions"];

type OwnWrite = "revokeSession" | "revokeOtherSessions" | "changePassword";

/** All of the person's own sessions; there are never more than one page of them. */
export function useOwnSessions(): UseQueryResult<SessionRow[], Error> {
  return useQuery({
    queryKey: OWN_SESSIONS,
    queryFn: async ({ signal }) => {
      const { items } = await personalClient.listSessions({ limit: LIMITS.sessionsPerUserMax }, { signal });
      return items;
    },
  });
}

/** A change of the person's own account, after which their sessions may be others. */
export function useOwnWrite<N extends OwnWrite>(name: N): UseMutationResult<unknown, Error, CallInput<N>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<N>) =>
      (personalClient[name] as (input?: unknown, options?: CallOptions) => Promise<unknown>)(input),
    onSuccess: () => queries.invalidateQueries({ queryKey: OWN_SESSIONS }),
  });
}
