import { randomUUID } from "node:crypto";
import { AppError, listRoutes, type Route } from "@assay/core";
import type { Principal } from "@assay/services";
import { StoreUnavailableError } from "@assay/store";
import { Hono, type Context as HonoContext } from "hono";
import { answerCall } from "./answer-call.ts";
import { authenticate, findVisitor } from "./authenticate.ts";
import type { AppParts, Limiters } from "./call.ts";
import { openToOrigins, preflightResponse } from "./cross-origin.ts";
import { describeBug } from "./describe-bug.ts";
import { errorAnswer } from "./error-response.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { serveReferenceAssets } from "./reference-page.ts";
import type { RequestLine } from "./request-log.ts";
import { serveWeb } from "./serve-web.ts";

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
    const asked = { route, request: c.req.raw, origins: parts.origins, limiter: limiters.keys };
    const principal = await authenticate(parts.platform, asked);
    Object.assign(line, whoseLine(principal));
    const visitor = await findVisitor(parts.platform, asked);
    const call = { parts, limiters, route, c, requestId, principal, visitor, cookies: [] };
    return finish(await answerCall(call));
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
