import type { Interval } from "@assay/core";
import { meanInterval, type ValueRange } from "./mean-interval.ts";

/** A case's score, repeats already averaged. */
export interface KeyedScore {
  caseKey: string;
  score: number;
  group: string | null;
}

/** Candidate minus incumbent, over the cases that both have a score for. */
export interface PairedDifference {
  /** In −1..1; above 0 the candidate is better. */
  difference: Interval;
  pairs: number;
  /** Scored cases of one side without a partner on the other. */
  unpaired: number;
}

/** Differences of two scores. */
export const DIFFERENCE_RANGE: ValueRange = { min: -1, max: 1 };

/**
 * The mean of d_i = candidate_i − incumbent_i on the same cases, with the interval of `meanInterval`, clustered by the
 * candidate's groups. Pairing removes the variance that both sides share: Var(d) = Var(a) + Var(b) − 2 Cov(a, b).
 *
 * Miller, "Adding error bars to evals", arXiv 2411.00640 (2024), section 4.2.
 */
export function pairedDifference(
  candidate: readonly KeyedScore[],
  incumbent: readonly KeyedScore[],
): PairedDifference {
  const incumbentScores = new Map(incumbent.map(({ caseKey, score }) => [caseKey, score]));
  const observations = candidate.flatMap(({ caseKey, score, group }) => {
    const other = incumbentScores.get(caseKey);
    return other === undefined ? [] : [{ value: score - other, group }];
  });
  const pairs = observations.length;
  return {
    difference: meanInterval(observations, DIFFERENCE_RANGE),
    pairs,
    unpaired: candidate.length + incumbent.length - 2 * pairs,
  };
}
