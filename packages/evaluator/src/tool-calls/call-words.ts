import type { ScoreInput } from "../define-scorer.ts";
import type { ComparedCall } from "./read-calls.ts";

export const NO_EXPECTED_CALLS = "the case has no expectation that names tool calls";

const NAMES_SHOWN = 10;
const STEPS_PER_CHARACTER = 100;

/** Every call may be held against every expected one, with its arguments. */
export function toolCallSteps({ toolCalls, testCase }: ScoreInput): number {
  const characters = toolCalls.reduce((sum, call) => sum + call.function.arguments.length + 20, 0);
  const expected = Array.isArray(testCase.expected) ? testCase.expected.length : 1;
  return characters * STEPS_PER_CHARACTER * Math.max(1, expected);
}

export function namesOf(calls: readonly ComparedCall[]): string {
  if (calls.length === 0) return "nothing";
  const more = calls.length > NAMES_SHOWN ? " and more" : "";
  return `${calls
    .slice(0, NAMES_SHOWN)
    .map(({ name }) => name)
    .join(", ")}${more}`;
}
