import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { defineScorer, measured, notScored } from "../define-scorer.ts";
import { expectedText, normalizeText } from "../expected-text.ts";

/** The distance costs the product of both lengths; this many steps take about a tenth of a second. */
const CELLS_MAX = 400_000_000;
const CELLS_PER_STEP = 40;

export const levenshtein = defineScorer({
  type: "levenshtein",
  title: "Edit similarity",
  description:
    "1 minus the edit distance to the expectation over the longer length; with a threshold or a largest distance 1 within it, else 0.",
  revision: 1,
  measure: { unit: "edits", direction: "minimize" },
  options: z.strictObject({
    threshold: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("Make it pass or fail: 1 at this similarity or more."),
    maxDistance: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe("Make it pass or fail: 1 at this many edits or fewer."),
    ignoreCase: z.boolean().default(false).describe("Compare without regard to case."),
    trim: z.boolean().default(true).describe("Leave out white space around both texts."),
  }),
  steps: ({ output, testCase }) => {
    const cells = output.length * (expectedText(testCase)?.length ?? 0);
    return cells > CELLS_MAX ? 0 : cells / CELLS_PER_STEP;
  },
  score: ({ output, testCase }, { threshold, maxDistance, ...how }) => {
    const expected = expectedText(testCase);
    if (expected === undefined)
      return notScored(
        'the case has no expectation that is text; give it one, or use text-similarity with reference "{{item.expected}}"',
      );
    const [a, b] = [normalizeText(output, how), normalizeText(expected, how)];
    if (a.length * b.length > CELLS_MAX) return notScored("the texts are too long to compare by edits");
    const edits = a === b ? 0 : distance(a, b);
    const similarity = edits === 0 ? 1 : 1 - edits / Math.max(a.length, b.length);
    if (threshold === undefined && maxDistance === undefined) return measured(similarity, edits);
    const passes = similarity >= (threshold ?? 0) && edits <= (maxDistance ?? Number.POSITIVE_INFINITY);
    return measured(passes ? 1 : 0, edits, `similarity ${similarity.toFixed(3)}`);
  },
});
