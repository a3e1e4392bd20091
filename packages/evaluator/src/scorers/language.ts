import { invariant } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { expectedText } from "../expected-text.ts";
import { LANGUAGE_CODES } from "../language-codes.ts";

/** The detector's time grows with the text, and this much tells. */
const CHARACTERS_READ = 2_000;
const STEPS = 4_000_000;
/** How many times as likely as the second the first must be. */
const MARGIN = 1.2;

/** Loaded when it is first needed: its profiles are a sixth of what an idle server would hold. */
let detector: typeof import("tinyld") | undefined;

export const language = defineScorer({
  type: "language",
  title: "Language",
  description:
    "1 when the output is written in the language, else 0. Not scored where the output is too short to tell, or two languages are about as likely.",
  revision: 1,
  options: z.strictObject({
    language: z
      .string()
      .refine(
        (code) => LANGUAGE_CODES.has(code),
        "is not a language that can be told; write ISO 639-1, for example pl",
      )
      .optional()
      .describe("Two letters of ISO 639-1; without it the case's expectation."),
    minLetters: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .describe("With fewer letters than this the output is not scored."),
  }),
  load: async () => {
    detector ??= await import("tinyld");
  },
  steps: ({ output }) => Math.min(1, output.length / CHARACTERS_READ) * STEPS,
  score: (
    { output, testCase },
    { language: wanted = expectedText(testCase)?.trim().toLowerCase(), minLetters },
  ) => {
    if (wanted === undefined || !LANGUAGE_CODES.has(wanted))
      return notScored("neither the option language nor the expectation names a language that can be told");
    const text = output.slice(0, CHARACTERS_READ);
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    if (letters < minLetters)
      return notScored(`the output has ${letters} letters, too few to tell its language`);
    invariant(detector !== undefined, "a scorer is loaded before it scores");
    const [first, second] = detector.detectAll(text);
    if (first === undefined) return notScored("the language of the output cannot be told");
    if (second !== undefined && first.accuracy < MARGIN * second.accuracy)
      return notScored(`the output may be ${first.lang} or ${second.lang}`);
    return scored(first.lang === wanted ? 1 : 0, `it is ${first.lang}`);
  },
});
