import {
  type Case,
  type CaseOutcome,
  invariant,
  LIMITS,
  type MetricScore,
  type ScoreOutcome,
  type ScorerUse,
  type TokenUsage,
} from "@assay/core";
import { byteLength } from "./byte-length.ts";
import { findScorer, metricName, parseOptions } from "./check-scorers.ts";
import { notScored, type ScoreInput } from "./define-scorer.ts";

/** Below this, two scores are the same: sums of weights like 0.1 are not exact. */
const SCORE_EPSILON = 1e-9;

/** What all scorers of one case may take together; one that goes past it is not scored. */
const CASE_STEPS_MAX = 20_000_000;

export interface OutputToScore {
  uses: readonly ScorerUse[];
  /** A case passes when its score is at least this. */
  passScore: number;
  output: string;
  testCase: Case;
  latencyMs: number | null;
  usage: TokenUsage | undefined;
}

/**
 * Judges one output by every scorer of a suite. The score is the mean weighted by the uses' weights; when one metric
 * cannot be scored the case is `not_scored`, with that metric's reason, and has no score. All scorers share one budget
 * of steps. `uses` must have passed
 * `checkScorers`.
 */
export function scoreOutput({ uses, passScore, ...input }: OutputToScore): CaseOutcome {
  const { output } = input;
  const budget = { steps: CASE_STEPS_MAX };
  const metrics = uses.map((use) => scoreMetric(use, input, budget));
  const gap = metrics.find(({ outcome }) => outcome.status === "not_scored");
  if (gap?.outcome.status === "not_scored") {
    return { status: "not_scored", reason: `${gap.name}: ${gap.outcome.reason}`, metrics, output };
  }
  const score = weightedMean(metrics);
  return { status: "scored", score, passed: score >= passScore - SCORE_EPSILON, metrics, output };
}

function scoreMetric(use: ScorerUse, input: ScoreInput, budget: { steps: number }): MetricScore {
  const outcome = judge(use, input, budget);
  return { name: metricName(use), type: use.type, weight: use.weight, outcome };
}

function judge(use: ScorerUse, input: ScoreInput, budget: { steps: number }): ScoreOutcome {
  if (byteLength(input.output) > LIMITS.scoredTextBytesMax)
    return notScored("the output is too long to be scored");
  const scorer = findScorer(use.type);
  invariant(scorer, `scorer ${use.type} was checked`);
  const options = parseOptions(scorer, use);
  const steps = input.output.length / 4 + (scorer.steps?.(input, options) ?? 0);
  if (steps > budget.steps) return notScored("the case's scorers together would take too long");
  budget.steps -= steps;
  return scorer.score(input, options);
}

function weightedMean(metrics: readonly MetricScore[]): number {
  let sum = 0;
  let weights = 0;
  for (const { weight, outcome } of metrics) {
    invariant(outcome.status === "scored", "a mean never contains a metric that was not scored");
    sum += weight * outcome.score;
    weights += weight;
  }
  invariant(weights > 0, "a suite has at least one scorer");
  return Math.min(1, sum / weights);
}
