import type { Dispatcher } from "undici";
import type { AnswerHeaders } from "./provider-error.ts";
import { UpstreamFault } from "./upstream-fault.ts";

/** How much of an answer waits here for its reader before the provider's socket is paused. */
const BUFFERED_BYTES_MAX = 64 * 1024;

/**
 * One answer as it comes from the socket. It is pulled, never pushed: a slow reader slows the provider down instead
 * of filling memory.
 */
export class UpstreamAnswer implements Dispatcher.DispatchHandler {
  readonly #head = Promise.withResolvers<void>();
  readonly #onOver: () => void;
  #controller: Dispatcher.DispatchController | undefined;
  #left: Error | undefined;
  #chunks: Buffer[] = [];
  #bufferedBytes = 0;
  #isComplete = false;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #isDraining = false;
  status = 0;
  headers: AnswerHeaders = {};

  /** @param onOver called once, when nothing more will come. */
  constructor(onOver: () => void) {
    this.#onOver = onOver;
    // Rejected also when nobody waits for it any more.
    this.#head.promise.catch(() => undefined);
  }

  /** Settles when status and headers are there. @throws what ended the exchange before. */
  begun(): Promise<void> {
    return this.#head.promise;
  }

  /** Is there a piece to take, or the end, without waiting? */
  get isReady(): boolean {
    return this.#chunks.length > 0 || this.#isComplete || this.#failure !== undefined;
  }

  /** Settles when there is. */
  async ready(): Promise<void> {
    if (this.isReady) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** What has come since; undefined at the end. @throws what broke the answer off. */
  take(): Buffer | undefined {
    const [first, ...others] = this.#chunks;
    if (first === undefined) {
      if (this.#failure !== undefined) throw this.#failure;
      return undefined;
    }
    this.#chunks = [];
    this.#bufferedBytes = 0;
    if (this.#controller?.paused === true) this.#controller.resume();
    return others.length === 0 ? first : Buffer.concat([first, ...others]);
  }

  /** Closes the socket if the answer is not complete. */
  leave(reason?: Error): void {
    if (this.#isComplete || this.#failure !== undefined) return;
    this.#left = reason ?? new UpstreamFault("broken_off");
    this.#controller?.abort(this.#left);
  }

  /**
   * Nothing more is wanted. What still comes within `ms` is dropped, so that the socket can be used again; then it is
   * closed.
   */
  drain(ms: number): void {
    if (this.#isComplete || this.#failure !== undefined) return;
    this.#isDraining = true;
    this.#chunks = [];
    this.#controller?.resume();
    setTimeout(() => this.leave(), ms).unref();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#left !== undefined) controller.abort(this.#left);
  }

  onResponseStart(_controller: unknown, status: number, headers: AnswerHeaders): void {
    // 1xx comes before the answer.
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
    this.#head.resolve();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isDraining) return;
    this.#chunks.push(chunk);
    this.#bufferedBytes += chunk.byteLength;
    if (this.#bufferedBytes > BUFFERED_BYTES_MAX) controller.pause();
    this.#wakeReader();
  }

  onResponseEnd(): void {
    this.#isComplete = true;
    this.#over();
  }

  onResponseError(_controller: unknown, error: Error): void {
    const fault = new UpstreamFault(this.status === 0 ? "unreachable" : "broken_off");
    this.#failure = this.#left ?? Object.assign(fault, { cause: error });
    this.#head.reject(this.#failure);
    this.#over();
  }

  #over(): void {
    this.#wakeReader();
    this.#onOver();
  }

  #wakeReader(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
