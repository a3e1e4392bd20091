/** What the server takes as a way back; see `SsoStart` in the contract. */
const RETURN_PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,498}$/;

/** Where a log-in at a tenant's identity provider begins. The server sends the browser on from there. */
export function ssoAddress(tenant: string, returnTo: string | undefined): string {
  const query = new URLSearchParams({ tenant });
  if (returnTo !== undefined && RETURN_PATH.test(returnTo)) query.set("returnTo", returnTo);
  return `/api/login/sso?${query}`;
}
