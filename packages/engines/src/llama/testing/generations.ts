import type { GenerateCall, GenerateEvent, GenerateOutcome, GenerateRequest, LocalTarget } from "@assay/core";

/** A short greedy continuation of a word, unless changed. */
export function requestOn(target: LocalTarget, change: Partial<GenerateRequest> = {}): GenerateRequest {
  return { target, input: { text: "hello" }, sampling: { temperature: 0, maxTokens: 12 }, ...change };
}

export const callOf = (tenantId = "ten_a", signal = new AbortController().signal): GenerateCall => ({
  tenantId,
  priority: "interactive",
  signal,
});

/** Is there still a process of that id? */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export function codeOf(outcome: GenerateOutcome): string {
  return outcome.status === "failed" ? outcome.failure.code : outcome.status;
}

export function textOf(events: GenerateEvent[]): string {
  return events.map((event) => (event.type === "text" ? event.text : "")).join("");
}

export function logprobsOf(events: GenerateEvent[]): number[] {
  const texts = events.flatMap((event) => (event.type === "text" ? (event.logprobs ?? []) : []));
  return texts.flatMap(({ logprob, top }) => [logprob, ...top.map((each) => each.logprob)]);
}
