import { randomInt } from "node:crypto";
import type {
  EngineFailure,
  GenerateCall,
  GenerateEvent,
  GenerateRequest,
  LocalTarget,
  TokenUsage,
} from "@assay/core";
import type { AnswerCheck } from "../openai/answer-schema.ts";
import type { ChildMessage, ChildRequest } from "./child-messages.ts";
import { EventChannel } from "./event-channel.ts";
import { CANCELLED, localFailure } from "./local-failure.ts";

type DoneMessage = Extract<ChildMessage, { type: "done" }>;
type EmbeddedMessage = Extract<ChildMessage, { type: "embedded" }>;
type TextMessage = Extract<ChildMessage, { type: "text" }>;

const NO_TOKENS: TokenUsage = { promptTokens: 0, completionTokens: 0 };
let lastId = 0;

/** One request on its way through the engine: from the queue to a child, and back as events. */
export class Ticket {
  readonly id = ++lastId;
  readonly tenantId: string;
  readonly priority: GenerateCall["priority"];
  readonly target: LocalTarget;
  readonly childRequest: ChildRequest;
  readonly events = new EventChannel<GenerateEvent>();
  /** How often it was handed to a child; the second time it runs alone (see `ModelHost`). */
  attempts = 0;
  #cancelled = false;
  #settled = false;
  readonly #answerCheck: AnswerCheck | undefined;
  readonly #queuedAt = performance.now();
  #startedAt = 0;
  #text = "";
  #usage: TokenUsage | undefined;
  #vector: number[] | undefined;

  constructor(parts: {
    request: GenerateRequest;
    target: LocalTarget;
    call: GenerateCall;
    answerCheck: AnswerCheck | undefined;
    isEmbedding?: boolean;
  }) {
    const { request, target, call } = parts;
    this.tenantId = call.tenantId;
    this.priority = call.priority;
    this.target = target;
    this.#answerCheck = parts.answerCheck;
    this.childRequest = {
      input: request.input,
      sampling: { ...request.sampling, seed: request.sampling.seed ?? randomInt(2 ** 32) },
      responseFormat: request.responseFormat,
      topLogprobs: request.topLogprobs,
      adapter: target.adapter,
      ...(parts.isEmbedding && { isEmbedding: true }),
    };
  }

  /** Names the context that may serve it: the adapter's hash, or the base model itself. */
  get contextKey(): string {
    return this.target.adapter?.sha256 ?? "";
  }

  /** Of an embedding that has ended well. */
  get vector(): number[] | undefined {
    return this.#vector;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  get hasEmitted(): boolean {
    return this.#text.length > 0;
  }

  /** Since it was last handed to a child. */
  get serviceMs(): number {
    return performance.now() - this.#startedAt;
  }

  start(): void {
    this.attempts++;
    this.#startedAt = performance.now();
  }

  /**
   * Nothing of the answer is shown from now on, not even what has already come. Answers whether it is still being
   * made.
   */
  cancel(): boolean {
    if (this.#cancelled) return false;
    this.#cancelled = true;
    if (!this.#settled) this.events.replaceUnread();
    else this.events.replaceUnread({ type: "failed", failure: CANCELLED, usage: this.#usage });
    return !this.#settled;
  }

  emit({ text, logprobs }: TextMessage): void {
    if (this.#cancelled) return;
    this.#text += text;
    this.events.push(logprobs ? { type: "text", text, logprobs } : { type: "text", text });
  }

  finish({ reason, usage }: DoneMessage): void {
    // A truncated answer says so by its reason; only a complete one can break its schema.
    const check = reason === "stop" ? this.#answerCheck?.(this.#text) : undefined;
    const queueWaitMs = Math.max(0, Math.round(this.#startedAt - this.#queuedAt));
    if (this.#cancelled) this.fail(CANCELLED, usage);
    else if (check && !check.valid) this.fail(localFailure("schema_violated", check.problem), usage);
    else this.#settle({ type: "finish", reason, usage, queueWaitMs });
  }

  embed({ vector, usage }: EmbeddedMessage): void {
    this.#vector = vector;
    this.#settle(
      this.#cancelled
        ? { type: "failed", failure: CANCELLED, usage }
        : { type: "finish", reason: "stop", usage, queueWaitMs: 0 },
    );
  }

  fail(failure: EngineFailure, usage: TokenUsage = NO_TOKENS): void {
    this.#settle({ type: "failed", failure: this.#cancelled ? CANCELLED : failure, usage });
  }

  #settle(event: Extract<GenerateEvent, { type: "finish" | "failed" }>): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#usage = event.usage;
    this.events.push(event);
    this.events.close();
  }
}
