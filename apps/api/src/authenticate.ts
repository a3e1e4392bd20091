import { AppError, holdsScope, LIMITS, notFound, ROLES, type Route } from "@assay/core";
import {
  isOperator,
  type LiveSession,
  leadsInto,
  needsSso,
  type Platform,
  type Principal,
} from "@assay/services";
import type { OwnOrigins } from "./people/own-origins.ts";
import { refuseForeignPage } from "./people/refuse-foreign-page.ts";

const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/i;
const PERSON_LIMITS = {
  requestsPerMinute: LIMITS.personRequestsPerMinute,
  concurrentRequests: LIMITS.personConcurrentRequests,
};

type Tenancy = Extract<Principal, { audience: "tenant" }>;

interface Asked {
  route: Route;
  request: Request;
  origins: OwnOrigins;
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
  if (route.scope !== null && !holdsScope(principal.scopes, route.scope)) {
    throw new AppError("scope_missing", `This needs the scope "${route.scope}".`, { scope: route.scope });
  }
  refuseConfined(route, principal);
  return principal;
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
  if (route.audience === "tenant") return await enterTenant(platform, session, request);
  if (!isOperator(session)) throw new AppError("scope_missing", NEEDED.operator);
  return { audience: "operator", keyId: null, userId: session.user.id };
}

/** The tenant is the one that the person names in a header, and names of no membership are names of nothing. */
async function enterTenant(platform: Platform, session: LiveSession, request: Request): Promise<Tenancy> {
  const slug = request.headers.get("assay-tenant");
  if (slug === null) {
    throw new AppError("scope_missing", "Name the tenant in the header `assay-tenant`.");
  }
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
