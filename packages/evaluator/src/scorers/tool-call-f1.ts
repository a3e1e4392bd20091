import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { NO_EXPECTED_CALLS, namesOf, toolCallSteps } from "../tool-calls/call-words.ts";
import { callsOf, countMatches, readExpectedCalls } from "../tool-calls/read-calls.ts";

export const toolCallF1 = defineScorer({
  type: "tool-call-f1",
  title: "Tool calls, F1",
  description:
    "F1-score of the tools called against those expected: 2·matches over calls made plus calls expected. 1 when neither calls any. The expectation is a list of names or of {name, arguments}.",
  revision: 1,
  options: z.strictObject({
    arguments: z.boolean().default(false).describe("A call matches only with the expected arguments."),
  }),
  steps: toolCallSteps,
  score: ({ toolCalls, testCase }, how) => {
    const expected = readExpectedCalls(testCase.expected);
    if (expected === undefined) return notScored(NO_EXPECTED_CALLS);
    const made = callsOf(toolCalls);
    if (made.length + expected.length === 0) return scored(1);
    const score = (2 * countMatches(made, expected, how)) / (made.length + expected.length);
    return score === 1 ? scored(1) : scored(score, `called ${namesOf(made)}; expected ${namesOf(expected)}`);
  },
});
