import { AppError, LIMITS } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { compileLinearRegex, REGEX_STEPS_MAX } from "../linear-regex.ts";

export const regex = defineScorer({
  type: "regex",
  title: "Regular expression",
  description:
    "1 when the pattern occurs in the output, else 0. RE2 syntax: linear time, without look-around and back-references.",
  revision: 1,
  options: z
    .strictObject({
      pattern: z.string().min(1).max(LIMITS.regexLengthMax).describe("What to look for."),
      flags: z
        .string()
        .regex(/^[ims]{0,3}$/, "use any of i (case), m (lines) and s (dot matches newline)")
        .default("")
        .describe("Any of i (case), m (lines) and s (dot matches newline)."),
    })
    .superRefine(({ pattern, flags }, context) => {
      try {
        compileLinearRegex(pattern, flags);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        context.addIssue({ code: "custom", path: ["pattern"], message: error.message });
      }
    }),
  steps: ({ output }, { pattern, flags }) => {
    const steps = compileLinearRegex(pattern, flags).stepsMax(output);
    return steps > REGEX_STEPS_MAX ? 0 : steps;
  },
  score: ({ output }, { pattern, flags }) => {
    const compiled = compileLinearRegex(pattern, flags);
    if (compiled.stepsMax(output) > REGEX_STEPS_MAX)
      return notScored("the output is too long for so large a pattern");
    return scored(compiled.test(output) ? 1 : 0);
  },
});
