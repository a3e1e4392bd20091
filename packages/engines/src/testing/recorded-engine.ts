import { createHash } from "node:crypto";
import type { Engine, EngineTarget, GenerateEvent, GenerateRequest } from "@assay/core";
import { canonicalJson } from "@assay/core";

/** One stored generation. `key` is `exchangeKey` of the request that led to it. */
export interface RecordedExchange {
  key: string;
  events: GenerateEvent[];
}

/**
 * Names a request by its content: what shapes the answer and nothing else, so that neither a secret nor a machine's
 * path is part of a recording. Returns SHA-256 in hex.
 */
export function exchangeKey(request: GenerateRequest): string {
  const content = canonicalJson({ ...request, target: targetContent(request.target) });
  return createHash("sha256").update(content).digest("hex");
}

function targetContent(target: EngineTarget): unknown {
  if (target.kind === "local") {
    return { kind: "local", modelSha256: target.modelSha256, adapterSha256: target.adapter?.sha256 };
  }
  return { kind: "hosted", connectionKind: target.connectionKind, providerModel: target.providerModel };
}

/**
 * An engine that replays stored exchanges. A request that was never recorded fails as `invalid_request`: a recording
 * that no longer fits must be noticed, not answered with something else.
 */
export function openRecordedEngine(exchanges: readonly RecordedExchange[], build = "recorded 1"): Engine {
  const byKey = new Map(exchanges.map((exchange) => [exchange.key, exchange.events]));
  let active = 0;
  let closed = false;

  async function* generate(
    ...[request, call]: Parameters<Engine["generate"]>
  ): AsyncGenerator<GenerateEvent> {
    active += 1;
    try {
      if (closed) return yield failure("unavailable", "The engine is closed.");
      const events = byKey.get(exchangeKey(request));
      if (events === undefined) {
        return yield failure("invalid_request", "There is no recorded answer for this request.");
      }
      for (const event of events) {
        if (call.signal.aborted) return yield failure("cancelled", "The request was cancelled.");
        yield event;
      }
    } finally {
      active -= 1;
    }
  }

  return {
    generate,
    embed: async () => ({
      status: "failed",
      failure: { code: "invalid_request", message: "There are no recorded vectors.", retryable: false },
    }),
    status: () => ({ build, queued: 0, active }),
    close: async () => {
      closed = true;
    },
  };
}

/** Passes an engine through and keeps what it yields; `exchanges` can be stored as JSON and replayed. */
export function recordExchanges(engine: Engine): { engine: Engine; exchanges: RecordedExchange[] } {
  const exchanges: RecordedExchange[] = [];
  async function* generate(
    ...[request, call]: Parameters<Engine["generate"]>
  ): AsyncGenerator<GenerateEvent> {
    const events: GenerateEvent[] = [];
    for await (const event of engine.generate(request, call)) {
      events.push(event);
      // Before it is passed on: a reader stops at the last event and never comes back for more.
      const isLast = event.type === "finish" || event.type === "failed";
      if (isLast) exchanges.push({ key: exchangeKey(request), events });
      yield event;
    }
  }
  return {
    engine: {
      generate,
      embed: (request, call) => engine.embed(request, call),
      status: () => engine.status(),
      close: () => engine.close(),
    },
    exchanges,
  };
}

function failure(code: "unavailable" | "invalid_request" | "cancelled", message: string): GenerateEvent {
  return { type: "failed", failure: { code, message, retryable: false }, usage: undefined };
}
