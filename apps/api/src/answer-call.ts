import { invariant, type KeyLimits, LIMITS } from "@assay/core";
import { type ClientFacts, networkOf, type Principal } from "@assay/services";
import { answerVerb } from "./answer-verb.ts";
import { type Call, callerIdOf, parseCall, tenantContext } from "./call.ts";
import { countPlaceOf, PERSON_LIMITS } from "./count-place.ts";
import { describeBug } from "./describe-bug.ts";
import { findRawHandler } from "./raw-handlers.ts";

/** What strangers may send from one address. */
const ADDRESS_LIMITS = {
  requestsPerMinute: LIMITS.feedbackPerAddressPerMinuteMax,
  concurrentRequests: LIMITS.feedbackPerAddressPerMinuteMax,
};

/** Who is counted, and how much they may ask; undefined for operators' keys and for pages that anybody may see. */
function countedAs(principal: Principal | undefined): { place: string; limits: KeyLimits } | undefined {
  if (principal?.audience === "person") return { place: principal.session.user.id, limits: PERSON_LIMITS };
  if (principal?.audience === "tenant") {
    return { place: callerIdOf(principal), limits: principal.limits };
  }
  return principal?.userId ? { place: principal.userId, limits: PERSON_LIMITS } : undefined;
}

/** Counts the caller, and has the route's handler or verb answer. */
export async function answerCall(call: Call): Promise<Response> {
  const { route, principal } = call;
  const isRaw = findRawHandler(route.name) !== undefined;
  if (route.audience === "public" && route.touches !== "nothing") return await answerStranger(call);
  const counted = countedAs(principal);
  if (counted === undefined) return await (isRaw ? answerRaw(call) : answerVerb(call));
  const place = countPlaceOf(route, counted.place);
  const standing = call.limiters.keys.enter(place, counted.limits);
  const leave = once(() => call.limiters.keys.leave(place));
  let isStreaming = false;
  try {
    const response = await (isRaw ? answerRaw(call, leave) : answerVerb(call));
    response.headers.set("x-ratelimit-limit-requests", String(standing.limit));
    response.headers.set("x-ratelimit-remaining-requests", String(Math.max(0, standing.remaining)));
    response.headers.set("x-ratelimit-reset-requests", `${Math.ceil(standing.resetMs / 1000)}s`);
    // A stream holds its place until it has ended; its handler calls `leave` then.
    isStreaming = isStream(response);
    // Whatever answers HEAD drops the body unread, and so its stream would never end.
    if (isStreaming && call.c.req.raw.method === "HEAD") await response.body?.cancel();
    return response;
  } finally {
    if (!isStreaming) leave();
  }
}

/** Events, or a file that is made as it is read. */
function isStream({ headers }: Response): boolean {
  return headers.get("content-type") === "text/event-stream" || headers.has("content-disposition");
}

/** What anybody may send without a key is counted by where it comes from. */
async function answerStranger(call: Call): Promise<Response> {
  const network = networkOf(clientOf(call).address);
  call.limiters.addresses.enter(network, ADDRESS_LIMITS);
  try {
    return await answerRaw(call);
  } finally {
    call.limiters.addresses.leave(network);
  }
}

/** Of the socket, or of whom a proxy speaks for that the operator trusts. */
function clientOf({ c: { env, req }, parts }: Call): ClientFacts {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const socketAddress = incoming?.socket?.remoteAddress;
  const address = parts.clientAddresses.of({ socketAddress, forwardedFor: req.header("x-forwarded-for") });
  return { address, userAgent: req.header("user-agent")?.slice(0, LIMITS.userAgentLengthMax) ?? null };
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
  const { input } = await parseCall(call);
  const context = call.principal?.audience === "tenant" ? tenantContext(call, call.principal) : undefined;
  return await handler({
    platform: call.parts.platform,
    context,
    input,
    client: clientOf(call),
    cookie: call.c.req.header("cookie") ?? null,
    session: call.visitor,
    requestId,
    signal: c.req.raw.signal,
    onStreamEnd: onStreamEnd ?? (() => undefined),
    onStreamBug: (error) =>
      call.parts.log.error({ requestId, path: route.path, ...describeBug(error) }, "bug in a stream"),
  });
}
