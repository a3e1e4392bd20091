import { ClientError } from "@assay/client";
import type { SessionView } from "@assay/core";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { personalClient } from "./tenant-client.ts";

/** Who is logged in, and which tenants they belong to; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await personalClient.getSession({}, { signal });
    } catch (error) {
      if (error instanceof ClientError && error.code === "unauthenticated") return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export function useSession(): SessionView {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("This page is shown to people who are logged in.");
  return data;
}
