import type { Case, CaseMapping, ChatMessage, Json } from "@assay/core";

/** A case's group is at most this long. */
const GROUP_CHARS_MAX = 128;
const GOOD_SCORE = 0.5;

export interface TraceToMap {
  traceId: string;
  status: "completed" | "failed" | "cancelled";
  variables: { [name: string]: Json } | null;
  messages: ChatMessage[];
  output: string;
  hasToolCalls: boolean;
  /** Oldest first. */
  feedback: readonly { score: number | null; correction: string | null }[];
}

export type MappedTrace = { ok: true; case: Case } | { ok: false; reason: string };

/** What a trace comes to as a case, which is named after it; or why it comes to none. */
export function caseOfTrace(trace: TraceToMap, mapping: CaseMapping, tags: readonly string[]): MappedTrace {
  const variables = variablesOf(trace, mapping);
  const messages = messagesOf(trace, mapping);
  if (variables === undefined && messages === undefined)
    return { ok: false, reason: "nothing of it is left: map its variables or its messages" };
  const expected = expectedOf(trace, mapping);
  if (!expected.ok) return expected;
  const group = groupOf(trace, mapping);
  if (!group.ok) return group;
  return {
    ok: true,
    case: {
      key: trace.traceId,
      ...(variables !== undefined && { variables }),
      ...(messages !== undefined && { messages }),
      ...(expected.value !== undefined && { expected: expected.value }),
      tags: [...tags],
      ...(group.value !== undefined && { group: group.value }),
    },
  };
}

function variablesOf({ variables }: TraceToMap, mapping: CaseMapping): Case["variables"] {
  if (variables === null || mapping.variables === "none") return undefined;
  if (mapping.variables === "all") return variables;
  const wanted = new Set(mapping.variables);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => wanted.has(name)));
}

function messagesOf({ messages }: TraceToMap, mapping: CaseMapping): Case["messages"] {
  if (messages.length === 0 || mapping.messages === "none") return undefined;
  return mapping.messages === "last" ? messages.slice(-1) : messages;
}

type Found = { ok: true; value: string | undefined } | { ok: false; reason: string };

function expectedOf(trace: TraceToMap, { expected }: CaseMapping): Found {
  if (expected === "none") return { ok: true, value: undefined };
  if (expected === "output") return outputOf(trace);
  const correction = trace.feedback.findLast((each) => each.correction !== null)?.correction;
  if (correction != null) return { ok: true, value: correction };
  if (expected === "correction") return { ok: false, reason: "nobody said what the answer should have been" };
  const scores = trace.feedback.flatMap(({ score }) => score ?? []);
  if (scores.length === 0 || scores.some((score) => score < GOOD_SCORE))
    return { ok: false, reason: "it has neither a correction nor good feedback alone" };
  return outputOf(trace);
}

function outputOf({ status, output, hasToolCalls }: TraceToMap): Found {
  if (status !== "completed")
    return {
      ok: false,
      reason: `its answer is not whole: it ${status === "failed" ? "failed" : "was cancelled"}`,
    };
  if (output === "" && hasToolCalls)
    return {
      ok: false,
      reason: "it answered with tool calls and no text, which cannot be expected as a text",
    };
  return { ok: true, value: output };
}

function groupOf({ variables }: TraceToMap, { groupByVariable }: CaseMapping): Found {
  if (groupByVariable === undefined) return { ok: true, value: undefined };
  const value =
    variables !== null && Object.hasOwn(variables, groupByVariable) ? variables[groupByVariable] : undefined;
  const group = typeof value === "number" ? String(value) : value;
  if (typeof group !== "string" || group === "" || group.length > GROUP_CHARS_MAX) {
    const asked = `a text of 1 to ${GROUP_CHARS_MAX} characters, or a number`;
    return { ok: false, reason: `its variable "${groupByVariable}" is not ${asked}: it names no group` };
  }
  return { ok: true, value: group };
}
