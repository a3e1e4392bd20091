import { AppError, holdsScope, notFound, ROLES, type Route, Slug } from "@assay/core";
import {
  isOperator,
  type LiveSession,
  leadsInto,
  needsSso,
  type Platform,
  type Principal,
} from "@assay/services";
import { countPlaceOf, PERSON_LIMITS } from "./count-place.ts";
import type { OwnOrigins } from "./people/own-origins.ts";
import { refuseForeignPage } from "./people/refuse-foreign-page.ts";
import type { RateLimiter } from "./rate-limiter.ts";

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;

type Tenancy = Extract<Principal, { audience: "tenant" }>;

interface Asked {
  route: Route;
  request: Request;
  origins: OwnOrigins;
  /** Counts callers; whoever is let in is counted when the call is answered, a person who is refused is counted here. */
  limiter: RateLimiter;
}

/**
 * Who is calling, and may they call this route at all? The one place where audience and scope are decided. A request
 * with a key is that key's, whatever cookies came along.
 * @throws AppError `unauthenticated` for no or no live credential, `scope_missing` for one that may not.
 */
export async function authenticate(platform: Platform, asked: Asked): Promise<Principal | undefined> {
  const { route, request } = asked;
  if (route.audience === "public") return undefined;
  const authorization = request.headers.get("authorization");
  const principal =
    authorization === null
      ? await authenticatePerson(platform, asked)
      : await authenticateKey(platform, route, authorization);
  if (principal.audience !== "tenant") return principal;
  requireScope(route, principal);
  refuseConfined(route, principal);
  return principal;
}

function requireScope({ scope }: Route, { scopes }: Tenancy): void {
  if (scope !== null && !holdsScope(scopes, scope))
    throw new AppError("scope_missing", `This needs the scope "${scope}".`, { scope });
}

/**
 * The person who is logged in, on a public route that opens sessions.
 * @throws AppError `origin_not_allowed` for a page that is not ours.
 */
export async function findVisitor(
  platform: Platform,
  { route, request, origins }: Asked,
): Promise<LiveSession | undefined> {
  if (route.opensSession !== true) return undefined;
  const session = await sessionOf(platform, request);
  refuseForeignPage(request, { route, origins, hasCookie: session !== undefined });
  return session;
}

async function sessionOf(platform: Platform, request: Request): Promise<LiveSession | undefined> {
  const cookie = request.headers.get("cookie");
  return cookie === null ? undefined : await platform.people.sessions.authenticate(cookie);
}

async function authenticateKey(platform: Platform, route: Route, authorization: string): Promise<Principal> {
  const token = BEARER.exec(authorization)?.[1];
  const principal = token === undefined ? undefined : await platform.keys.authenticate(token);
  if (principal === undefined) {
    throw new AppError(
      "unauthenticated",
      token === undefined
        ? "Send a key as `Authorization: Bearer <key>`."
        : "This key is unknown, revoked or expired. Send a live one as `Authorization: Bearer <key>`.",
    );
  }
  if (principal.audience !== route.audience) throw new AppError("scope_missing", NEEDED[route.audience]);
  return principal;
}

const NEEDED: Record<Route["audience"], string> = {
  public: "",
  tenant: "This needs a tenant's key (ask_…), or a person and the header `assay-tenant`.",
  operator: "This needs an operator: a key (aop_…), or a person who is one.",
  person: "This is for people: log in.",
};

async function authenticatePerson(platform: Platform, asked: Asked): Promise<Principal> {
  const { route, request, origins } = asked;
  const session = await sessionOf(platform, request);
  if (session === undefined) {
    throw new AppError("unauthenticated", "Log in, or send a key as `Authorization: Bearer <key>`.");
  }
  refuseForeignPage(request, { route, origins, hasCookie: true });
  if (route.audience === "person") return { audience: "person", session };
  if (route.audience === "tenant") return await enterCounted(platform, session, asked);
  if (!isOperator(session)) throw new AppError("scope_missing", NEEDED.operator);
  return { audience: "operator", keyId: null, userId: session.user.id };
}

/** Names of tenants are not for guessing at: being refused uses up the same requests a minute as being answered. */
async function enterCounted(
  platform: Platform,
  session: LiveSession,
  { route, request, limiter }: Asked,
): Promise<Tenancy> {
  const place = countPlaceOf(route, session.user.id);
  limiter.check(place, PERSON_LIMITS);
  try {
    const tenancy = await enterTenant(platform, session, request);
    requireScope(route, tenancy);
    return tenancy;
  } catch (error) {
    limiter.enter(place, PERSON_LIMITS);
    limiter.leave(place);
    throw error;
  }
}

/** The tenant is the one that the person names in a header, and names of no membership are names of nothing. */
async function enterTenant(platform: Platform, session: LiveSession, request: Request): Promise<Tenancy> {
  const slug = request.headers.get("assay-tenant");
  if (slug === null) {
    throw new AppError("scope_missing", "Name the tenant in the header `assay-tenant`.");
  }
  // What could not be a name is kept in no cache.
  if (!Slug.safeParse(slug).success) throw notFound("tenant");
  const membership = await platform.people.sessions.findMembership(session.user.id, slug);
  if (membership === undefined || !leadsInto(session, membership.tenant.id)) throw notFound("tenant");
  if (needsSso(session, membership)) {
    throw new AppError("sso_required", "This tenant lets people in by its identity provider alone.", {
      tenant: slug,
    });
  }
  const { tenant, role } = membership;
  return {
    audience: "tenant",
    tenant: { ...tenant, createdAt: tenant.createdAt.toISOString() },
    keyId: null,
    userId: session.user.id,
    scopes: ROLES[role],
    prompts: null,
    labels: null,
    limits: PERSON_LIMITS,
    expiresAt: session.expiresAt,
  };
}

function refuseConfined(route: Route, { prompts, labels }: Tenancy): void {
  const isConfined = prompts !== null || labels !== null;
  if (isConfined && route.method !== "GET" && route.honoursConfinement !== true) {
    throw new AppError(
      "scope_missing",
      "This key is confined to prompts or labels; it cannot change anything else.",
    );
  }
}
