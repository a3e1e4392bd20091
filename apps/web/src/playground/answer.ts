import type { ToolCall } from "@assay/core";
import type { ChatEnd, ChatEvent } from "./stream-chat.ts";

/** One answer as far as it has come. */
export interface Answer {
  status: "waiting" | "streaming" | "done" | "stopped" | "failed";
  text: string;
  toolCalls: readonly ToolCall[];
  traceId: string | null;
  /** As the server names what answered: `triage@3`. */
  servedVersion: string | null;
  end: ChatEnd | null;
  /** From the question to its first token, and to its last. */
  firstTokenMs: number | null;
  totalMs: number | null;
  error: unknown;
}

export const WAITING: Answer = {
  status: "waiting",
  text: "",
  toolCalls: [],
  traceId: null,
  servedVersion: null,
  end: null,
  firstTokenMs: null,
  totalMs: null,
  error: null,
};

/** The answer after one more event, so many milliseconds after the question. */
export function answerAfter(answer: Answer, event: ChatEvent, elapsedMs: number): Answer {
  const firstTokenMs = answer.firstTokenMs ?? elapsedMs;
  switch (event.type) {
    case "begin":
      return { ...answer, traceId: event.traceId, servedVersion: event.servedVersion };
    case "text":
      return { ...answer, status: "streaming", text: answer.text + event.text, firstTokenMs };
    case "tool_call":
      return { ...answer, status: "streaming", toolCalls: [...answer.toolCalls, event.call], firstTokenMs };
    case "end":
      return { ...answer, status: "done", end: event.end, totalMs: elapsedMs };
  }
}

/** What came so far stays in view, however it ended. */
export function endedBy(answer: Answer, error: unknown, { isStopped }: { isStopped: boolean }): Answer {
  return isStopped ? { ...answer, status: "stopped" } : { ...answer, status: "failed", error };
}

export function isRunning(answer: Answer | undefined): boolean {
  return answer?.status === "waiting" || answer?.status === "streaming";
}

/** Tokens a second once the first had come; null where it cannot be told. */
export function tokensPerSecond({ end, firstTokenMs, totalMs }: Answer): number | null {
  const tokens = end?.completionTokens ?? null;
  if (tokens === null || tokens < 2 || firstTokenMs === null || totalMs === null) return null;
  return totalMs > firstTokenMs ? ((tokens - 1) * 1_000) / (totalMs - firstTokenMs) : null;
}
