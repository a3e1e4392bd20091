import { randomUUID } from "node:crypto";
import { AppError, invariant, type KeyLimits, LIMITS, listRoutes, type Route } from "@assay/core";
import {
  answerOnce,
  type ClientFacts,
  type Context,
  type JsonAnswer,
  type LiveSession,
  type OperatorContext,
  type PersonContext,
  type Platform,
  type Principal,
} from "@assay/services";
import { StoreUnavailableError } from "@assay/store";
import { Hono, type Context as HonoContext } from "hono";
import { authenticate, findVisitor } from "./authenticate.ts";
import { openToOrigins, preflightResponse } from "./cross-origin.ts";
import { describeBug } from "./describe-bug.ts";
import { errorAnswer } from "./error-response.ts";
import { findHandler } from "./handlers.ts";
import { type ParsedInput, parseInput } from "./parse-input.ts";
import type { OwnOrigins } from "./people/own-origins.ts";
import { createRateLimiter, type RateLimiter } from "./rate-limiter.ts";
import { findRawHandler } from "./raw-handlers.ts";
import { serveReferenceAssets } from "./reference-page.ts";
import type { Log, RequestLine } from "./request-log.ts";
import { serveWeb, type WebFiles } from "./serve-web.ts";

export interface AppParts {
  platform: Platform;
  origins: OwnOrigins;
  log: Log;
  /** The built UI; without it the API stands alone. */
  webFiles?: WebFiles;
}

interface Limiters {
  keys: RateLimiter;
  addresses: RateLimiter;
}

/** What strangers may send from one address. */
const ADDRESS_LIMITS = {
  requestsPerMinute: LIMITS.feedbackPerAddressPerMinuteMax,
  concurrentRequests: LIMITS.feedbackPerAddressPerMinuteMax,
};

const PERSON_LIMITS = {
  requestsPerMinute: LIMITS.personRequestsPerMinute,
  concurrentRequests: LIMITS.personConcurrentRequests,
};

/** What is known of one request while it is answered. */
interface Call {
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

/** Mounts every route of the contract, and nothing that is not in it. */
export function createApp(parts: AppParts): Hono {
  const app = new Hono({ strict: true });
  const nowMs = () => parts.platform.now().getTime();
  // Addresses have a count of their own, so that a crowd of them cannot push keys out of theirs.
  const limiters = { keys: createRateLimiter(nowMs), addresses: createRateLimiter(nowMs) };
  for (const route of listRoutes()) {
    app.on(route.method, honoPath(route.path), (c) => handle(parts, limiters, { route, c }));
    if (route.crossOrigin === true) app.on("OPTIONS", honoPath(route.path), () => preflightResponse(route));
  }
  serveReferenceAssets(app);
  for (const path of new Set(listRoutes().map((route) => route.path))) {
    app.all(honoPath(path), (c) =>
      refuse(parts, c, new AppError("method_not_allowed", "This path has no such method.")),
    );
  }
  if (parts.webFiles !== undefined) serveWeb(app, parts.webFiles);
  app.notFound((c) => refuse(parts, c, new AppError("not_found", "There is no such path.")));
  return app;
}

function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

/** A browser on its way through a log-in is shown the page to log in at, which says what went wrong. */
function backToLogin({ code }: AppError): Response {
  const headers = { location: `/login?error=${code}`, "cache-control": "no-store" };
  return new Response(null, { status: 302, headers });
}

function refuse(parts: AppParts, c: HonoContext, error: AppError): Response {
  const requestId = randomUUID();
  const plane = c.req.path.startsWith("/v1/") ? "data" : "control";
  parts.log.debug({ requestId, method: c.req.method, code: error.code }, "refused");
  return errorResponse(error, plane, requestId);
}

function errorResponse(error: unknown, plane: "control" | "data", requestId: string): Response {
  const { status, headers, body } = errorAnswer(error, plane, requestId);
  const contentType = plane === "data" ? "application/json" : "application/problem+json";
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": contentType, "x-request-id": requestId, ...headers },
  });
}

async function handle(
  parts: AppParts,
  limiters: Limiters,
  at: { route: Route; c: HonoContext },
): Promise<Response> {
  const { route, c } = at;
  const requestId = randomUUID();
  const startedAt = performance.now();
  const line: Partial<RequestLine> = {};
  const finish = (response: Response): Response => {
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    parts.log.info(
      { requestId, method: route.method, path: route.path, status: response.status, durationMs, ...line },
      "request",
    );
    return route.crossOrigin === true ? openToOrigins(response) : response;
  };
  try {
    const asked = { route, request: c.req.raw, origins: parts.origins };
    const principal = await authenticate(parts.platform, asked);
    Object.assign(line, whoseLine(principal));
    const visitor = await findVisitor(parts.platform, asked);
    const call = { parts, limiters, route, c, requestId, principal, visitor, cookies: [] };
    return finish(await answer(call));
  } catch (error) {
    if (error instanceof AppError) line.code = error.code;
    else {
      const kind = error instanceof StoreUnavailableError ? "store unavailable" : "bug";
      parts.log.error({ requestId, path: route.path, ...describeBug(error) }, kind);
    }
    return finish(
      route.output.status === 302 && error instanceof AppError
        ? backToLogin(error)
        : errorResponse(error, route.plane, requestId),
    );
  }
}

function whoseLine(principal: Principal | undefined): Partial<RequestLine> {
  if (principal === undefined) return {};
  if (principal.audience === "person") return { userId: principal.session.user.id };
  const { keyId, userId } = principal;
  const who = keyId === null ? { userId: userId ?? undefined } : { keyId };
  return principal.audience === "tenant" ? { ...who, tenantId: principal.tenant.id } : who;
}

/** Who is counted, and how much they may ask; undefined for operators' keys and for pages that anybody may see. */
function countedAs(principal: Principal | undefined): { place: string; limits: KeyLimits } | undefined {
  if (principal?.audience === "person") return { place: principal.session.user.id, limits: PERSON_LIMITS };
  if (principal?.audience === "tenant") {
    return { place: callerIdOf(principal), limits: principal.limits };
  }
  return principal?.userId ? { place: principal.userId, limits: PERSON_LIMITS } : undefined;
}

function callerIdOf({ keyId, userId }: { keyId: string | null; userId: string | null }): string {
  const id = keyId ?? userId;
  invariant(id !== null, "a caller is a key or a person");
  return id;
}

async function answer(call: Call): Promise<Response> {
  const { route, principal } = call;
  const isRaw = findRawHandler(route.name) !== undefined;
  if (route.audience === "public" && route.touches !== "nothing") return await answerStranger(call);
  const counted = countedAs(principal);
  if (counted === undefined) return await (isRaw ? answerRaw(call) : answerVerb(call));
  // Each plane has its own count, so that a chat app under load does not lock its editor out.
  const place = `${route.plane}:${counted.place}`;
  const standing = call.limiters.keys.enter(place, counted.limits);
  const leave = once(() => call.limiters.keys.leave(place));
  let isStreaming = false;
  try {
    const response = await (isRaw ? answerRaw(call, leave) : answerVerb(call));
    response.headers.set("x-ratelimit-limit-requests", String(standing.limit));
    response.headers.set("x-ratelimit-remaining-requests", String(Math.max(0, standing.remaining)));
    response.headers.set("x-ratelimit-reset-requests", `${Math.ceil(standing.resetMs / 1000)}s`);
    // A stream holds its place until it has ended; its handler calls `leave` then.
    isStreaming = response.headers.get("content-type") === "text/event-stream";
    return response;
  } finally {
    if (!isStreaming) leave();
  }
}

/** What anybody may send without a key is counted by where it comes from. */
async function answerStranger(call: Call): Promise<Response> {
  // Without a port, inside another process, all strangers are one.
  const address = clientOf(call.c).address ?? "here";
  call.limiters.addresses.enter(address, ADDRESS_LIMITS);
  try {
    return await answerRaw(call);
  } finally {
    call.limiters.addresses.leave(address);
  }
}

/** Of the socket, whatever headers say. */
function clientOf({ env, req }: HonoContext): ClientFacts {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const userAgent = req.header("user-agent")?.slice(0, LIMITS.userAgentLengthMax) ?? null;
  return { address: incoming?.socket?.remoteAddress ?? null, userAgent };
}

/** A stream can end and be cancelled at the same moment; a place that is left twice would be given away twice. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

async function answerRaw(call: Call, onStreamEnd?: () => void): Promise<Response> {
  const { route, c, requestId } = call;
  const handler = findRawHandler(route.name);
  invariant(handler !== undefined, `the raw route ${route.name} has a handler`);
  const { input } = await parse(call);
  const context = call.principal?.audience === "tenant" ? tenantContext(call, call.principal) : undefined;
  return await handler({
    platform: call.parts.platform,
    context,
    input,
    client: clientOf(call.c),
    cookie: call.c.req.header("cookie") ?? null,
    session: call.visitor,
    requestId,
    signal: c.req.raw.signal,
    onStreamEnd: onStreamEnd ?? (() => undefined),
    onStreamBug: (error) =>
      call.parts.log.error({ requestId, path: route.path, ...describeBug(error) }, "bug in a stream"),
  });
}

async function answerVerb(call: Call): Promise<Response> {
  const { route, c, principal, requestId } = call;
  const parsed = await parse(call);
  const idempotencyKey = c.req.header("idempotency-key");
  const isKeyed =
    idempotencyKey !== undefined &&
    route.method === "POST" &&
    principal?.audience === "tenant" &&
    hasStoredBody(route);
  const made = isKeyed
    ? await answerOnce(
        {
          platform: call.parts.platform,
          tenantId: principal.tenant.id,
          callerId: callerIdOf(principal),
          idempotencyKey,
          fingerprint: [route.method, c.req.url.replace(/^[a-z]+:\/\/[^/]+/, ""), parsed.bodyText],
        },
        () => runVerb(call, parsed),
      )
    : await runVerb(call, parsed);
  const headers = new Headers({
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  for (const cookie of call.cookies) headers.append("set-cookie", cookie);
  return new Response(made.status === 204 ? null : made.body, { status: made.status, headers });
}

// The other methods can be sent twice as they are: a label is moved to where it is already, a gate set to what it is.
// Uploads are named by their hash already, so sending one twice changes nothing.
function hasStoredBody(route: Route): boolean {
  return route.body === undefined || route.body.kind === "json";
}

async function runVerb(call: Call, { input }: ParsedInput): Promise<JsonAnswer> {
  const { route, principal } = call;
  const verb = findHandler(route.name);
  invariant(verb !== undefined && principal !== undefined, `the route ${route.name} has a verb and a caller`);
  const result = await verb(contextOf(call, principal) as never, input as never);
  if (route.output.kind === "empty") return { status: 204, body: "" };
  invariant(route.output.kind === "json", "a verb answers JSON");
  // Parsed on the way out as well: nothing that the contract does not declare leaves.
  return { status: route.output.status, body: JSON.stringify(route.output.schema.parse(result)) };
}

async function parse({ route, c }: Call): Promise<ParsedInput> {
  return await parseInput(route, { request: c.req.raw, params: c.req.param() });
}

function contextOf(call: Call, principal: Principal): Context | OperatorContext | PersonContext {
  if (principal.audience === "tenant") return tenantContext(call, principal);
  const { requestId, cookies, parts } = call;
  const { platform } = parts;
  if (principal.audience === "operator") return { platform, operatorId: callerIdOf(principal), requestId };
  return { platform, session: principal.session, requestId, setCookie: (line) => cookies.push(line) };
}

function tenantContext(call: Call, principal: Extract<Principal, { audience: "tenant" }>): Context {
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
