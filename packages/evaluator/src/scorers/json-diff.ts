import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { diffJson } from "../diff-json.ts";
import { expectedJson } from "../expected-json.ts";
import { parseJson } from "../parse-json.ts";

const PATHS_SHOWN = 20;
const STEPS_PER_CHARACTER = 40;

export const jsonDiff = defineScorer({
  type: "json-diff",
  title: "JSON difference",
  description:
    "Of all values at the ends of the output's and the expectation's JSON the share that both have, at the same path and equal. Says which paths differ.",
  revision: 1,
  options: z.strictObject({
    tolerance: z
      .number()
      .min(0)
      .default(0)
      .describe("How far numbers may be apart and still count as the same."),
    ignore: z
      .array(z.string().max(1_024))
      .max(100)
      .default([])
      .describe("JSON pointers to leave out, with all below them: /id, /items/0/price."),
  }),
  steps: ({ output }) => output.length * STEPS_PER_CHARACTER,
  score: ({ output, testCase }, options) => {
    const expected = expectedJson(testCase);
    if (!expected.ok) return notScored(expected.message);
    const found = parseJson(output);
    if (!found.ok) return scored(0, `the output is not JSON: ${found.message}`);
    const { equal, paths } = diffJson(expected.value, found.value, options);
    const leaves = equal + paths.length;
    if (paths.length === 0) return scored(1);
    const more = paths.length > PATHS_SHOWN ? `, and ${paths.length - PATHS_SHOWN} more` : "";
    return scored(equal / leaves, `differs at ${paths.slice(0, PATHS_SHOWN).join(", ")}${more}`);
  },
});
