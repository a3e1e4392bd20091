import { type Client, createClient } from "@assay/client";
import { noticeSessionEnd } from "./session-end.ts";

const UNAUTHENTICATED = 401;

const clients = new Map<string, Client>();

/** The API as one tenant's member. The server holds the header against the person's memberships at every request. */
export function clientOf(tenantSlug: string): Client {
  const known = clients.get(tenantSlug);
  if (known !== undefined) return known;
  const client = createClient({ baseUrl: "", fetch: fetchAs(tenantSlug) });
  clients.set(tenantSlug, client);
  return client;
}

/** The API as the person alone: session, invitations, the operator's console. */
export const personalClient: Client = createClient({ baseUrl: "", fetch: fetchAs(undefined) });

/** For what no client method reads whole: streamed chats and run events. */
export function fetchAs(tenantSlug: string | undefined): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (tenantSlug !== undefined) headers.set("assay-tenant", tenantSlug);
    const response = await fetch(input, { ...init, headers, credentials: "same-origin" });
    // Here, where every request passes: what is kept or streamed besides queries ends with the session too.
    if (tenantSlug !== undefined && response.status === UNAUTHENTICATED) noticeSessionEnd();
    return response;
  };
}
