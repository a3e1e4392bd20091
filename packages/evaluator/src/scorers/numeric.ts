import { z } from "zod";
import { defineScorer, measured, notScored, scored } from "../define-scorer.ts";
import { expectedText } from "../expected-text.ts";

const NUMBER = /[-+\u2212]?(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?/g;
/** A text has more numbers than anyone reads. */
const NUMBERS_MAX = 10_000;

export const numeric = defineScorer({
  type: "numeric",
  title: "Number within a tolerance",
  description:
    "1 when a number in the output is the expected one, give or take an absolute or a relative tolerance; else 0. Reads 1,234.5 and 1.2e3; a decimal comma is not read.",
  revision: 1,
  measure: { unit: "absolute difference", direction: "minimize" },
  options: z.strictObject({
    expected: z.number().optional().describe("The number to find; without it the case's expectation."),
    absolute: z.number().min(0).default(0).describe("How far the number may be off."),
    relative: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe("How far it may be off as a share of the expected number; the larger allowance counts."),
    find: z
      .enum(["only", "first", "last", "any"])
      .default("last")
      .describe("Which number counts: the output must be only it, or its first, its last, or any in it."),
  }),
  score: (
    { output, testCase },
    { expected = numberIn(expectedText(testCase)), absolute, relative, find },
  ) => {
    if (expected === undefined) return notScored("the case has no expectation that is a number");
    const found = candidates(output, find);
    if (found.length === 0) return scored(0, "no number was found");
    const nearest = found.reduce((best, next) =>
      Math.abs(next - expected) < Math.abs(best - expected) ? next : best,
    );
    const allowance = Math.max(absolute, relative * Math.abs(expected));
    const difference = Math.abs(nearest - expected);
    // A tolerance of 0.1 must hold 0.3 for 0.2, whose difference in binary is a little more.
    const isWithin = difference <= allowance + 4 * Number.EPSILON * Math.max(1, Math.abs(expected));
    return measured(isWithin ? 1 : 0, difference, `found ${nearest}`);
  },
});

function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : candidates(text, "only")[0];
}

function candidates(text: string, find: "only" | "first" | "last" | "any"): number[] {
  const trimmed = text.trim();
  const found: string[] = [];
  for (const [number] of trimmed.matchAll(NUMBER)) {
    if (found.length === NUMBERS_MAX) found.shift();
    found.push(number);
    if (find === "first" || find === "only") break;
  }
  if (find === "only" && found[0] !== trimmed) return [];
  const chosen = find === "last" ? found.slice(-1) : found;
  return chosen.map(readNumber).filter(Number.isFinite);
}

function readNumber(text: string): number {
  return Number(text.replace(/[,\u00a0\u202f]/g, "").replace("\u2212", "-"));
}
