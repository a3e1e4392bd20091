import { type Client, createClient } from "@assay/client";

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
  return (input, init) => {
    const headers = new Headers(init?.headers);
    if (tenantSlug !== undefined) headers.set("assay-tenant", tenantSlug);
    return fetch(input, { ...init, headers, credentials: "same-origin" });
  };
}
