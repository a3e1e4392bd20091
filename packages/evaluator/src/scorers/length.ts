import { z } from "zod";
import { defineScorer, measured } from "../define-scorer.ts";
import { wordsOf } from "../text-metrics/words.ts";

const COUNTS = {
  characters: (text: string) => {
    let count = 0;
    for (const _character of text) count++;
    return count;
  },
  words: (text: string) => wordsOf(text).length,
  // Ends of sentences, and what follows the last one; abbreviations count as ends.
  sentences: (text: string) =>
    text.split(/[.!?…。！？]+(?=\s|$)|\n+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length,
  lines: (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== "").length,
};

const Count = z.number().int().min(0).max(10_000_000);

export const length = defineScorer({
  type: "length",
  title: "Length",
  description:
    "1 when the output has so many characters, words, sentences or lines, else 0. For tokens there is a scorer of its own.",
  revision: 1,
  measure: { unit: "count", direction: "minimize" },
  options: z
    .strictObject({
      unit: z
        .enum(["characters", "words", "sentences", "lines"])
        .describe("What is counted; words are what stands between white space."),
      min: Count.optional().describe("The fewest that pass."),
      max: Count.optional().describe("The most that pass."),
    })
    .refine(({ min, max }) => min !== undefined || max !== undefined, "needs min, max or both")
    .refine(({ min = 0, max = Number.POSITIVE_INFINITY }) => min <= max, "min is above max"),
  score: ({ output }, { unit, min = 0, max = Number.POSITIVE_INFINITY }) => {
    const count = COUNTS[unit](output);
    return measured(count >= min && count <= max ? 1 : 0, count, `${count} ${unit}`);
  },
});
