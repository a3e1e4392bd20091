import type { Case, ScoreOutcome, TokenUsage } from "@assay/core";
import type { z } from "zod";

/** What a scorer may look at. `expected` is `testCase.expected`. */
export interface ScoreInput {
  output: string;
  testCase: Case;
  /** Time the answer took, without waiting in a queue; null when nobody measured it. */
  latencyMs: number | null;
  usage: TokenUsage | undefined;
}

/**
 * One way to judge an output. It answers with a number in 0..1, or `not_scored` with the reason when the case gives
 * it nothing to judge by. An output that is bad is a 0: that is the model's fault, not a gap in what we know.
 */
export interface Scorer<Options extends z.ZodType = z.ZodType> {
  /** Names it in suites and in the list; also the name of its file. */
  type: string;
  title: string;
  description: string;
  /** Part of the evidence: raise it whenever the same output could get another score than before. */
  revision: number;
  /** A strict object; what it accepts must not fail later. */
  options: Options;
  /** Steps that scoring may take, at about 10 ns each, where that is more than a few for each character. */
  steps?(input: ScoreInput, options: z.infer<Options>): number;
  score(input: ScoreInput, options: z.infer<Options>): ScoreOutcome;
}

/** Gives `score` the type of its own options. */
export function defineScorer<Options extends z.ZodType>(scorer: Scorer<Options>): Scorer<Options> {
  return scorer;
}

/** A score, which rounding must not carry out of 0..1. */
export function scored(score: number, detail?: string): ScoreOutcome {
  const bounded = Math.min(1, Math.max(0, score));
  return detail === undefined
    ? { status: "scored", score: bounded }
    : { status: "scored", score: bounded, detail };
}

export function notScored(reason: string): ScoreOutcome {
  return { status: "not_scored", reason };
}
