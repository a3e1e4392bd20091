import { ClientError } from "@assay/client";
import type { SessionView } from "@assay/core";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { noticeSessionEnd } from "./session-end.ts";
import { personalClient } from "./tenant-client.ts";

const queryKey = ["session"];

/** Who is logged in, and which tenants they belong to; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey,
  queryFn: async ({ client, signal }): Promise<SessionView | null> => {
    try {
      return await personalClient.getSession({}, { signal });
    } catch (error) {
      if (!(error instanceof ClientError && error.code === "unauthenticated")) throw error;
      // The page of somebody whose session ended stays, with what they typed, until they are logged in again.
      const before = client.getQueryData<SessionView | null>(queryKey) ?? null;
      if (before !== null) noticeSessionEnd();
      return before;
    }
  },
  staleTime: 60_000,
});

export function useSession(): SessionView {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("This page is shown to people who are logged in.");
  return data;
}
