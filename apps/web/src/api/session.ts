import { ClientError } from "@assay/client";
import type { Scope } from "@assay/core";
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { personalClient } from "./tenant-client.ts";

export interface Session {
  user: { id: string; email: string; name: string; isOperator: boolean };
  tenants: { id: string; slug: string; name: string; role: string; scopes: Scope[]; needsSso: boolean }[];
  expiresAt: string;
}

/** The calls of a person without a tenant. */
interface PersonCalls {
  login(input: { email: string; password: string }): Promise<Session>;
  logout(): Promise<void>;
  getSession(input: object, options: { signal: AbortSignal }): Promise<Session>;
}
export const personCalls = personalClient as unknown as PersonCalls;

/** Who is logged in, and which tenants they belong to; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await personCalls.getSession({}, { signal });
    } catch (error) {
      if (error instanceof ClientError && error.code === "unauthenticated") return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("This page is shown to people who are logged in.");
  return data;
}
