import { LIMITS, type ScoreOutcome } from "@assay/core";
import { z } from "zod";
import { notScored, scored } from "../define-scorer.ts";
import { compileGraderFormula, FormulaError } from "./grader-formula.ts";

/** Rounding may carry a formula this far out of 0..1. */
const ROUNDING = 1e-9;

/** Options of a formula over graders of the given kinds. */
export function multiOptions<Grader extends z.ZodType>(grader: Grader) {
  return z
    .strictObject({
      graders: z
        .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), grader)
        .refine((graders) => Object.keys(graders).length > 0, "needs at least one grader")
        .refine(
          (graders) => Object.keys(graders).length <= LIMITS.gradersPerMultiMax,
          `has ${LIMITS.gradersPerMultiMax} graders at most`,
        )
        .describe("Graders by the names that the formula calls them."),
      calculateOutput: z
        .string()
        .min(1)
        .max(LIMITS.graderFormulaLengthMax)
        .describe(
          "The score from theirs: names, numbers, + - * / ^, min, max, abs, floor, ceil, exp, sqrt, log.",
        ),
    })
    .superRefine(({ graders, calculateOutput }, context) => {
      try {
        compileGraderFormula(calculateOutput, new Set(Object.keys(graders)));
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        context.addIssue({ code: "custom", path: ["calculateOutput"], message: error.message });
      }
    });
}

/** The formula over the graders' scores; where one of them, or the formula, has none, there is none. */
export function multiOutcome(
  calculateOutput: string,
  outcomes: readonly (readonly [name: string, outcome: ScoreOutcome])[],
): ScoreOutcome {
  const values = new Map<string, number>();
  for (const [name, outcome] of outcomes) {
    if (outcome.status === "not_scored") return notScored(`${name}: ${outcome.reason}`);
    values.set(name, outcome.score);
  }
  const result = compileGraderFormula(calculateOutput, new Set(values.keys()))(values);
  if (!(result >= -ROUNDING && result <= 1 + ROUNDING))
    return notScored(`the formula gives ${result}, which is not within 0 and 1`);
  return scored(result, [...values].map(([name, score]) => `${name} ${score.toFixed(3)}`).join(", "));
}
