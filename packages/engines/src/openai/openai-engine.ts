import { setTimeout as wait } from "node:timers/promises";
import type {
  EmbedOutcome,
  EmbedRequest,
  Engine,
  EngineFailure,
  EngineTarget,
  GenerateCall,
  GenerateEvent,
  GenerateOutcome,
  GenerateRequest,
  HostedTarget,
} from "@assay/core";
import { LIMITS, outcomeOf } from "@assay/core";
import { hostIsAllowed } from "./allowed-hosts.ts";
import type { AnswerCheck } from "./answer-schema.ts";
import { compileAnswerCheck } from "./answer-schema.ts";
import { embedExchange } from "./embed-exchange.ts";
import { type Exchange, type ExchangeLog, exchange, wholeExchange } from "./exchange.ts";
import type { UpstreamTimeouts } from "./guarded-answer.ts";
import { LiveExchanges } from "./live-exchanges.ts";
import { mapFailure } from "./map-failure.ts";
import { UpstreamFault } from "./upstream-fault.ts";
import { type SendUpstream, UpstreamPools } from "./upstream-pools.ts";

/**
 * Part of every evidence: our own code that turns a request into what a provider is sent, and reads the answer. Raise
 * it whenever the same request could be sent or the same answer read otherwise than before.
 */
export const HOSTED_BUILD = "assay-hosted 2";

/** Connecting itself is bounded by 10 seconds, which `firstByteMs` includes. */
const DEFAULT_TIMEOUTS: UpstreamTimeouts = {
  firstByteMs: LIMITS.upstreamTimeoutMs / 2,
  idleMs: LIMITS.upstreamTimeoutMs / 2,
  totalMs: LIMITS.upstreamTimeoutMs,
};

export interface HostedEngineOptions {
  /** The operator's patterns (see `hostIsAllowed`), or a decision over a whole URL. */
  allowedHosts: readonly string[] | ((url: string) => boolean);
  /** Stands in for the sockets. */
  send?: SendUpstream;
  timeouts?: Partial<UpstreamTimeouts>;
  answerBytesMax?: number;
  /** Waits between attempts; rejects when the signal is aborted. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Uniform in [0, 1); the jitter between attempts. */
  random?: () => number;
  /** One line per failed attempt: no secret, no content. */
  log?: ExchangeLog;
}

/** The engine for models behind a connection: OpenAI, Azure OpenAI and everything that speaks like them. */
export function openHostedEngine(options: HostedEngineOptions): Engine {
  const { allowedHosts } = options;
  const pools = new UpstreamPools();
  const settings = {
    isAllowed: typeof allowedHosts === "function" ? allowedHosts : allowListOf(allowedHosts),
    send: options.send ?? pools.send,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    answerBytesMax: options.answerBytesMax ?? LIMITS.upstreamAnswerBytesMax,
    sleep: options.sleep ?? ((ms: number, signal: AbortSignal) => wait(ms, undefined, { signal })),
    random: options.random ?? Math.random,
    log: options.log,
  };
  const live = new LiveExchanges();
  const begin = ({ signal }: GenerateCall) => live.begin(signal, settings.timeouts.totalMs);
  let closed = false;

  async function* generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    const one = exchangeOf(request, call);
    if ("failure" in one) return yield failed(one.failure);
    using life = begin(call);
    yield* exchange({ ...one, end: life.end });
  }

  async function generateWhole(request: GenerateRequest, call: GenerateCall): Promise<GenerateOutcome> {
    const one = exchangeOf(request, call);
    if ("failure" in one) return outcomeOf([failed(one.failure)]);
    using life = begin(call);
    return outcomeOf(await wholeExchange({ ...one, end: life.end }));
  }

  /** What a call comes to, or why nothing is sent. */
  function exchangeOf(
    request: GenerateRequest,
    call: GenerateCall,
  ): Omit<Exchange, "end"> | { failure: EngineFailure } {
    const target = reach(request.target, call);
    if ("failure" in target) return target;
    const prepared = prepare(request);
    if ("failure" in prepared) return prepared;
    const { tenantId, priority } = call;
    return { ...settings, request, target, tenantId, priority, check: prepared.check };
  }

  async function embed({ target: asked, texts }: EmbedRequest, call: GenerateCall): Promise<EmbedOutcome> {
    const target = reach(asked, call);
    if ("failure" in target) return { status: "failed", failure: target.failure };
    const { tenantId, priority } = call;
    using life = begin(call);
    return await embedExchange({ ...settings, texts, target, tenantId, priority, end: life.end });
  }

  /** What a call is to reach, or why nothing is sent. */
  function reach(target: EngineTarget, { signal }: GenerateCall): HostedTarget | { failure: EngineFailure } {
    if (closed) return { failure: mapFailure(new UpstreamFault("closed"), NO_CONTEXT) };
    if (signal.aborted) return { failure: CANCELLED };
    if (target.kind !== "hosted") return { failure: refused("This engine serves hosted models only.") };
    if (URL.canParse(target.baseUrl)) return target;
    return { failure: mapFailure(new UpstreamFault("host_not_allowed"), NO_CONTEXT) };
  }

  return {
    generate,
    generateWhole,
    embed,
    status: () => ({ build: HOSTED_BUILD, queued: 0, active: live.count }),
    close: async () => {
      closed = true;
      live.endAll();
      await pools.close();
    },
  };
}

/** How many addresses are remembered with what the patterns say of them, which never changes. */
const ADDRESSES_MAX = 1_000;

function allowListOf(patterns: readonly string[]): (url: string) => boolean {
  const known = new Map<string, boolean>();
  return (url) => {
    let isAllowed = known.get(url);
    if (isAllowed === undefined) {
      isAllowed = hostIsAllowed(url, patterns);
      if (known.size >= ADDRESSES_MAX) known.clear();
      known.set(url, isAllowed);
    }
    return isAllowed;
  };
}

const NO_CONTEXT = { secret: undefined, providerModel: "" };
const CANCELLED: EngineFailure = {
  code: "cancelled",
  message: "The request was cancelled.",
  retryable: false,
};

type Prepared = { check: AnswerCheck | undefined } | { failure: EngineFailure };

/** What can be known to fail before anything is sent. */
function prepare(request: GenerateRequest): Prepared {
  if (request.responseFormat?.type !== "json_schema") return { check: undefined };
  const check = compileAnswerCheck(request.responseFormat.json_schema.schema);
  return check ? { check } : { failure: refused("The response format's JSON Schema does not compile.") };
}

function refused(message: string): EngineFailure {
  return { code: "invalid_request", message, retryable: false };
}

function failed(failure: EngineFailure): GenerateEvent {
  return { type: "failed", failure, usage: undefined };
}
