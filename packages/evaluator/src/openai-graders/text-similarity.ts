import type { ScoreOutcome } from "@assay/core";
import { distance } from "fastest-levenshtein";
import { z } from "zod";
import { notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { ngramSteps } from "../text-metrics/count-ngrams.ts";
import { rougeScore, rougeWork } from "../text-metrics/rouge-score.ts";
import { sentenceBleu } from "../text-metrics/sentence-bleu.ts";
import { sentenceGleu } from "../text-metrics/sentence-gleu.ts";
import { GraderTemplate } from "./grader-template.ts";
import { renderSides } from "./string-check.ts";

export const TextSimilarityOptions = z.strictObject({
  metric: z
    .enum(["fuzzy_match", "bleu", "gleu", "rouge_1", "rouge_2", "rouge_3", "rouge_4", "rouge_5", "rouge_l"])
    .describe("How alike two texts are; fuzzy_match is 1 minus the edits over the longer length."),
  input: GraderTemplate.describe("What is compared, mostly {{sample.output_text}}."),
  reference: GraderTemplate.describe("What it is compared with, for example {{item.expected}}."),
});
type Options = z.infer<typeof TextSimilarityOptions>;

const CELLS_MAX = 400_000_000;
const CELLS_PER_STEP = 40;

/** Rendering is repeated for the score: templates are short beside what comparing costs. */
export function textSimilaritySteps(input: ScoreInput, { metric, ...templates }: Options): number {
  const sides = renderSides(input, templates);
  if (sides.status !== "rendered") return 0;
  const texts: [string, string] = [sides.input, sides.reference];
  if (metric === "fuzzy_match")
    return Math.min(CELLS_MAX, texts[0].length * texts[1].length) / CELLS_PER_STEP;
  if (metric === "rouge_l") return rougeWork(...texts, { kind: "l" });
  return ngramSteps(texts);
}

/** OpenAI's `text_similarity`: what the answer lacks is a 0, what the case lacks cannot be scored. */
export function textSimilarityOutcome(input: ScoreInput, { metric, ...templates }: Options): ScoreOutcome {
  const sides = renderSides(input, templates);
  if (sides.status !== "rendered")
    return sides.status === "gap" ? notScored(sides.reason) : scored(0, sides.reason);
  const score = similarityOf(metric, sides.input, sides.reference);
  return score === undefined ? notScored("the texts are too long to compare") : scored(score);
}

function similarityOf(metric: Options["metric"], input: string, reference: string): number | undefined {
  if (metric === "bleu") return sentenceBleu(input, [reference]);
  if (metric === "gleu") return sentenceGleu(input, [reference]);
  if (metric === "rouge_l") return rougeScore(input, reference, { kind: "l" });
  if (metric !== "fuzzy_match")
    return rougeScore(input, reference, { kind: "n", size: Number(metric.slice(-1)) });
  if (input.length * reference.length > CELLS_MAX) return undefined;
  return input === reference ? 1 : 1 - distance(input, reference) / Math.max(input.length, reference.length);
}
