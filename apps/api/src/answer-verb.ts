import { invariant, LIMITS, type Route } from "@assay/core";
import {
  answerOnce,
  answerOnceInWrite,
  type Context,
  type JsonAnswer,
  type OperatorContext,
  type PersonContext,
  type Principal,
} from "@assay/services";
import { type Call, callerIdOf, parseCall, tenantContext } from "./call.ts";
import { findHandler } from "./handlers.ts";
import { LongAnswers } from "./long-answers.ts";
import type { ParsedInput } from "./parse-input.ts";

/** Has the verb of the route's name answer, once for each idempotency key. */
export async function answerVerb(call: Call): Promise<Response> {
  const { requestId } = call;
  const parsed = await parseCall(call);
  const made = await inItsTurn(call, () => answerParsed(call, parsed));
  const headers = new Headers({
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-request-id": requestId,
  });
  for (const cookie of call.cookies) headers.append("set-cookie", cookie);
  return new Response(made.status === 204 ? null : made.body, { status: made.status, headers });
}

async function answerParsed(call: Call, parsed: ParsedInput): Promise<JsonAnswer> {
  const { route, c, principal, parts } = call;
  const idempotencyKey = c.req.header("idempotency-key");
  if (idempotencyKey === undefined || principal?.audience !== "tenant" || !isKept(route)) {
    return present(route, await runVerb(call, parsed));
  }
  const { tenant } = tenantContext(call, principal);
  const request = {
    platform: parts.platform,
    tenant,
    callerId: callerIdOf(principal),
    idempotencyKey,
    fingerprint: [route.method, c.req.url.replace(/^[a-z]+:\/\/[^/]+/, ""), parsed.bodyText],
  };
  if (route.worksBeforeWrite !== true) {
    return await answerOnce(request, async () => present(route, await runVerb(call, parsed)));
  }
  return await answerOnceInWrite(request, {
    present: (result) => present(route, result),
    run: (claiming) => runVerb(call, parsed, claiming),
  });
}

const longAnswers = new LongAnswers({
  atOnceMax: LIMITS.longAnswersPerTenantMax,
  waitingMax: LIMITS.longAnswersWaitingPerTenantMax,
});

async function inItsTurn<R>({ route, principal }: Call, work: () => Promise<R>): Promise<R> {
  if (route.hasLongAnswers !== true || principal?.audience !== "tenant") return await work();
  return await longAnswers.make(principal.tenant.id, work);
}

// The other methods can be sent twice as they are: a label is moved to where it is already, a gate set to what it is.
// Uploads are named by their hash already, so sending one twice changes nothing.
function isKept({ method, body, storesNothing }: Route): boolean {
  return method === "POST" && storesNothing !== true && (body === undefined || body.kind === "json");
}

async function runVerb(call: Call, { input }: ParsedInput, tenant?: Context["tenant"]): Promise<unknown> {
  const { route, principal } = call;
  const verb = findHandler(route.name);
  invariant(verb !== undefined && principal !== undefined, `the route ${route.name} has a verb and a caller`);
  const context = contextOf(call, principal);
  return await verb((tenant === undefined ? context : { ...context, tenant }) as never, input as never);
}

function present(route: Route, result: unknown): JsonAnswer {
  if (route.output.kind === "empty") return { status: 204, body: "" };
  invariant(route.output.kind === "json", "a verb answers JSON");
  // Parsed on the way out as well: nothing that the contract does not declare leaves.
  return { status: route.output.status, body: JSON.stringify(route.output.schema.parse(result)) };
}

function contextOf(call: Call, principal: Principal): Context | OperatorContext | PersonContext {
  if (principal.audience === "tenant") return tenantContext(call, principal);
  const { requestId, cookies, parts } = call;
  const { platform } = parts;
  if (principal.audience === "operator") return { platform, operatorId: callerIdOf(principal), requestId };
  return { platform, session: principal.session, requestId, setCookie: (line) => cookies.push(line) };
}
