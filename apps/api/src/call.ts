import { invariant, type Route } from "@assay/core";
import type { Context, LiveSession, Platform, Principal } from "@assay/services";
import type { Context as HonoContext } from "hono";
import { type ParsedInput, parseInput } from "./parse-input.ts";
import type { ClientAddresses } from "./people/client-addresses.ts";
import type { OwnOrigins } from "./people/own-origins.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { Log } from "./request-log.ts";
import type { WebFiles } from "./serve-web.ts";

export interface AppParts {
  platform: Platform;
  origins: OwnOrigins;
  clientAddresses: ClientAddresses;
  log: Log;
  /** The built UI; without it the API stands alone. */
  webFiles?: WebFiles;
}

export interface Limiters {
  keys: RateLimiter;
  addresses: RateLimiter;
}

/** What is known of one request while it is answered. */
export interface Call {
  parts: AppParts;
  limiters: Limiters;
  route: Route;
  c: HonoContext;
  requestId: string;
  principal: Principal | undefined;
  /** Who is logged in, on a public route that opens sessions. */
  visitor: LiveSession | undefined;
  /** Sent along with the answer of a verb. */
  cookies: string[];
}

/** The key or the person behind a request. */
export function callerIdOf({ keyId, userId }: { keyId: string | null; userId: string | null }): string {
  const id = keyId ?? userId;
  invariant(id !== null, "a caller is a key or a person");
  return id;
}

export async function parseCall({ route, c }: Call): Promise<ParsedInput> {
  return await parseInput(route, { request: c.req.raw, params: c.req.param() });
}

export function tenantContext(call: Call, principal: Extract<Principal, { audience: "tenant" }>): Context {
  const { platform } = call.parts;
  const { keyId, userId, scopes, prompts, labels } = principal;
  return {
    platform,
    tenant: platform.store.forTenant(principal.tenant.id, call.requestId),
    tenantInfo: principal.tenant,
    caller: { keyId, userId, scopes, prompts, labels },
    requestId: call.requestId,
  };
}
