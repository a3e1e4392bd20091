import type { Json, ScoreOutcome } from "@assay/core";
import { z } from "zod";
import { notScored, type ScoreInput, scored } from "./define-scorer.ts";

const DETAIL_LENGTH_MAX = 4_000;

const Answer = z.object({ score: z.number().min(0).max(1), reason: z.string().nullish() });

/** What a scorer outside Assay is told of an output: the case, the text and the tool calls. */
export function outsideBody({ testCase, output, toolCalls }: ScoreInput): Json {
  return JSON.parse(JSON.stringify({ testCase, output, toolCalls }));
}

/** Its answer `{score, reason?}`; one without a score in 0..1 is not scored, whatever else it says. */
export function outsideScore(
  answer: { status: "answered"; value: Json } | { status: "failed"; reason: string },
): ScoreOutcome {
  if (answer.status === "failed") return notScored(answer.reason);
  const parsed = Answer.safeParse(answer.value);
  if (!parsed.success) return notScored("the answer has no score between 0 and 1");
  const { score, reason } = parsed.data;
  return scored(score, reason?.slice(0, DETAIL_LENGTH_MAX));
}
