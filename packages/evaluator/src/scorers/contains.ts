import type { Case } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { expectedText, normalizeText } from "../expected-text.ts";

const Values = z.array(z.string().min(1).max(10_000)).min(1).max(100);

const CHARACTERS_PER_STEP = 10;

export const contains = defineScorer({
  type: "contains",
  title: "Contains",
  description:
    "1 when the output contains all (or any) of the values, which are the option's or the expectation; else 0.",
  revision: 1,
  options: z.strictObject({
    values: Values.optional().describe(
      "Texts to look for; without it the case's expectation, a text or a list.",
    ),
    match: z.enum(["all", "any"]).default("all").describe("All of the values must be there, or any of them."),
    ignoreCase: z.boolean().default(false).describe("Compare without regard to case."),
  }),
  steps: ({ output, testCase }, { values = expectedValues(testCase) }) =>
    (output.length * (values?.length ?? 0)) / CHARACTERS_PER_STEP,
  score: ({ output, testCase }, { values = expectedValues(testCase), match, ignoreCase }) => {
    if (values === undefined)
      return notScored("neither the option values nor the expectation says what to look for");
    const how = { ignoreCase, trim: false };
    const text = normalizeText(output, how);
    const absent = values.filter((value) => !text.includes(normalizeText(value, how)));
    const isFound = match === "all" ? absent.length === 0 : absent.length < values.length;
    return isFound ? scored(1) : scored(0, `not found: ${absent.slice(0, 5).join(", ")}`);
  },
});

function expectedValues(testCase: Case): string[] | undefined {
  const { expected } = testCase;
  if (Array.isArray(expected)) {
    const values = Values.safeParse(expected);
    return values.success ? values.data : undefined;
  }
  const text = expectedText(testCase);
  return text === undefined || text === "" ? undefined : [text];
}
