import { ExchangeEnd } from "./exchange-end.ts";
import { UpstreamFault } from "./upstream-fault.ts";

/** Why an exchange ends whose caller does not want it any more. */
const LEFT = new DOMException("The caller has left.", "AbortError");

/** The exchanges that are under way. */
export class LiveExchanges {
  readonly #ends = new Set<ExchangeEnd>();

  get count(): number {
    return this.#ends.size;
  }

  /** Begins one, which ends when its caller leaves, its time is over, or all of them end. */
  begin(signal: AbortSignal, totalMs: number): Disposable & { end: ExchangeEnd } {
    const end = new ExchangeEnd();
    const onAbort = () => end.end(LEFT);
    signal.addEventListener("abort", onAbort, { once: true });
    const deadline = setTimeout(() => end.end(new UpstreamFault("total_timeout")), totalMs);
    this.#ends.add(end);
    return {
      end,
      [Symbol.dispose]: () => {
        clearTimeout(deadline);
        signal.removeEventListener("abort", onAbort);
        this.#ends.delete(end);
      },
    };
  }

  endAll(): void {
    for (const end of this.#ends) end.end(new UpstreamFault("closed"));
  }
}
