import type { ScoreOutcome } from "@assay/core";
import { notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";
import { type RougeVariant, rougeScore, rougeWork } from "./rouge-score.ts";

export function rougeSteps({ output, testCase }: ScoreInput, variant: RougeVariant): number {
  return (expectedTexts(testCase) ?? []).reduce((sum, text) => sum + rougeWork(output, text, variant), 0);
}

/** The best of the expectations counts. */
export function rougeOutcome({ output, testCase }: ScoreInput, variant: RougeVariant): ScoreOutcome {
  const wanted = expectedTexts(testCase);
  if (wanted === undefined) return notScored(NO_EXPECTED_TEXT);
  const scores = wanted.map((text) => rougeScore(output, text, variant));
  const known = scores.filter((score) => score !== undefined);
  if (known.length < scores.length) return notScored("the texts are too long to compare by their words");
  return scored(Math.max(...known));
}
