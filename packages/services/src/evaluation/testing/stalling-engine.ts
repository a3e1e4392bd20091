import type { Engine, GenerateCall, GenerateEvent, GenerateRequest } from "@assay/core";

export interface StallingEngine extends Engine {
  /** Settles at the first call that stalls. */
  stalled: Promise<void>;
  /** Lets every stalled and every later call answer. */
  release(): void;
  /** Calls that ended because their signal was aborted. */
  readonly cancelledCalls: number;
}

/** Hands calls on to `engine`, but the n-th and every later one waits until it is released or cancelled. */
export function createStallingEngine(engine: Engine, stallsFrom: number): StallingEngine {
  const stalled = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let calls = 0;
  let cancelledCalls = 0;

  async function* generate(request: GenerateRequest, call: GenerateCall): AsyncGenerator<GenerateEvent> {
    calls += 1;
    if (calls >= stallsFrom) {
      stalled.resolve();
      const aborted = Promise.withResolvers<void>();
      call.signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      if (call.signal.aborted) aborted.resolve();
      await Promise.race([released.promise, aborted.promise]);
    }
    if (call.signal.aborted) {
      cancelledCalls += 1;
      const failure = { code: "cancelled", message: "The request was cancelled.", retryable: false } as const;
      yield { type: "failed", failure, usage: undefined };
      return;
    }
    yield* engine.generate(request, call);
  }

  return {
    generate,
    stalled: stalled.promise,
    release: () => released.resolve(),
    get cancelledCalls() {
      return cancelledCalls;
    },
    embed: (request, call) => engine.embed(request, call),
    status: () => engine.status(),
    close: async () => undefined,
  };
}
