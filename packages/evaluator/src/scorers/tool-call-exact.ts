import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { NO_EXPECTED_CALLS, namesOf, toolCallSteps } from "../tool-calls/call-words.ts";
import { callsOf, countMatches, isSameCall, readExpectedCalls } from "../tool-calls/read-calls.ts";

export const toolCallExact = defineScorer({
  type: "tool-call-exact",
  title: "Tool calls, exactly",
  description:
    "1 when the model called exactly the expected tools with the expected arguments, no more and no fewer; else 0. The expectation is a list of {name, arguments}; without arguments, or as a name alone, any will do. An empty list expects no call.",
  revision: 1,
  options: z.strictObject({
    ordered: z.boolean().default(false).describe("The calls must come in the expected order."),
    arguments: z.boolean().default(true).describe("Compare the arguments too, whatever the order of keys."),
  }),
  steps: toolCallSteps,
  score: ({ toolCalls, testCase }, { ordered, ...how }) => {
    const expected = readExpectedCalls(testCase.expected);
    if (expected === undefined) return notScored(NO_EXPECTED_CALLS);
    const made = callsOf(toolCalls);
    const isSame =
      made.length === expected.length &&
      (ordered
        ? expected.every((wanted, index) => isSameCall(made[index] ?? NO_CALL, wanted, how))
        : countMatches(made, expected, how) === expected.length);
    return isSame ? scored(1) : scored(0, `called ${namesOf(made)}; expected ${namesOf(expected)}`);
  },
});

const NO_CALL = { name: "", arguments: undefined };
