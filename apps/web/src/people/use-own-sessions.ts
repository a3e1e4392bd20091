import { allPages, type CallInput, type CallOptions } from "@assay/client";
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

/** All of the person's own sessions: a bounded number by password, and as many by each tenant's identity provider. */
export function useOwnSessions(): UseQueryResult<SessionRow[], Error> {
  return useQuery({
    queryKey: OWN_SESSIONS,
    queryFn: async ({ signal }) => {
      const limit = LIMITS.sessionsPerUserMax;
      const rows: SessionRow[] = [];
      const pages = allPages((cursor) => personalClient.listSessions({ limit, cursor }, { signal }));
      for await (const row of pages) rows.push(row);
      return rows;
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
