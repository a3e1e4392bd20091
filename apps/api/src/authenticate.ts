import { AppError, holdsScope, type Route } from "@assay/core";
import type { Platform, Principal } from "@assay/services";

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

/**
 * Who is calling, and may they call this route at all? The one place where audience and scope are decided.
 * @throws AppError `unauthenticated` for no or no live key, `scope_missing` for a key that may not.
 */
export async function authenticate(
  platform: Platform,
  route: Route,
  authorization: string | undefined,
): Promise<Principal | undefined> {
  if (route.audience === "public") return undefined;
  const token = BEARER.exec(authorization ?? "")?.[1];
  const principal = token === undefined ? undefined : await platform.keys.authenticate(token);
  if (principal === undefined) {
    throw new AppError(
      "unauthenticated",
      token === undefined
        ? "Send a key as `Authorization: Bearer <key>`."
        : "This key is unknown, revoked or expired. Send a live one as `Authorization: Bearer <key>`.",
    );
  }
  if (principal.audience !== route.audience) {
    throw new AppError(
      "scope_missing",
      route.audience === "operator"
        ? "This needs an operator's key (aop_…)."
        : "This needs a tenant's key (ask_…).",
    );
  }
  if (principal.audience === "tenant" && route.scope !== null && !holdsScope(principal.scopes, route.scope)) {
    throw new AppError("scope_missing", `This needs a key with the scope "${route.scope}".`, {
      scope: route.scope,
    });
  }
  if (principal.audience === "tenant") refuseConfined(route, principal);
  return principal;
}

function refuseConfined(route: Route, { prompts, labels }: Extract<Principal, { audience: "tenant" }>): void {
  const isConfined = prompts !== null || labels !== null;
  if (isConfined && route.method !== "GET" && route.honoursConfinement !== true) {
    throw new AppError(
      "scope_missing",
      "This key is confined to prompts or labels; it cannot change anything else.",
    );
  }
}
