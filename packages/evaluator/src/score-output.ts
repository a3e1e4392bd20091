import {
  type CaseOutcome,
  invariant,
  LIMITS,
  type MetricScore,
  type ScoreOutcome,
  type ScorerUse,
} from "@assay/core";
import { isLongerThan } from "./byte-length.ts";
import { findScorer, metricName, parseOptions } from "./check-scorers.ts";
import {
  type JudgedMetric,
  type MetricTask,
  notScored,
  type ScoreInput,
  type ScorerPorts,
} from "./define-scorer.ts";

/** Below this, two scores are the same: sums of weights like 0.1 are not exact. */
const SCORE_EPSILON = 1e-9;

/** What all scorers of one case may take together; one that goes past it is not scored. */
const CASE_STEPS_MAX = 20_000_000;

/** From here on a scorer's work is heavy: it would hold up others for a twentieth of a second. */
const HEAVY_STEPS = 5_000_000;

export interface OutputToScore extends ScoreInput {
  uses: readonly ScorerUse[];
  /** A case passes when the score of its metrics without a threshold is at least this. */
  passScore: number;
  ports: ScorerPorts;
}

/**
 * Judges one output by every scorer of a suite. The score is the mean of the metrics weighted by their uses' weights;
 * when one metric that counts cannot be scored the case is `not_scored`, with that metric's reason, and has no score.
 * It passes when every threshold is met and the weighted mean of the metrics without one is at least `passScore`. All
 * scorers share one budget of steps. `uses` must have passed `checkScorers`.
 */
export async function scoreOutput({ uses, passScore, ports, ...input }: OutputToScore): Promise<CaseOutcome> {
  const budget = { steps: CASE_STEPS_MAX };
  const metrics: MetricScore[] = [];
  for (const use of uses) metrics.push(await scoreMetric(use, input, { budget, ports }));
  const answered = {
    output: input.output,
    ...(input.toolCalls.length > 0 && { toolCalls: [...input.toolCalls] }),
    ...(input.meanLogprob !== null && { meanLogprob: input.meanLogprob }),
  };
  const gap = metrics.find(({ weight, outcome }) => weight > 0 && outcome.status === "not_scored");
  if (gap?.outcome.status === "not_scored") {
    return { status: "not_scored", reason: `${gap.name}: ${gap.outcome.reason}`, metrics, ...answered };
  }
  const counting = metrics.filter(({ weight }) => weight > 0);
  const passed = hasPassed(counting, passScore);
  return { status: "scored", score: weightedMean(counting), passed, metrics, ...answered };
}

interface Means {
  budget: { steps: number };
  ports: ScorerPorts;
}

async function scoreMetric(use: ScorerUse, input: ScoreInput, means: Means): Promise<MetricScore> {
  const found = await judge(use, input, means);
  const outcome = use.negate === true ? opposite(found) : found;
  const metric = { name: metricName(use), type: use.type, weight: use.weight, outcome };
  if (use.threshold === undefined || found.status !== "scored") return metric;
  const isMet = found.score >= use.threshold - SCORE_EPSILON;
  return { ...metric, passed: use.negate === true ? !isMet : isMet };
}

function opposite(outcome: ScoreOutcome): ScoreOutcome {
  return outcome.status === "scored" ? { ...outcome, score: 1 - outcome.score } : outcome;
}

async function judge(use: ScorerUse, input: ScoreInput, { budget, ports }: Means): Promise<ScoreOutcome> {
  if (isLongerThan(input.output, LIMITS.scoredTextBytesMax))
    return notScored("the output is too long to be scored");
  const scorer = findScorer(use.type);
  invariant(scorer, `scorer ${use.type} was checked`);
  const options = parseOptions(scorer, use);
  if (scorer.kind !== "deterministic") return await scorer.assess(input, options, ports);
  const { judgeBeside } = ports;
  if (judgeBeside !== undefined && scorer.isHeavy?.(input) === true)
    return await beside(judgeBeside, { use, input, budget });
  if (scorer.load !== undefined) await scorer.load(input);
  const steps = input.output.length / 4 + (scorer.steps?.(input, options) ?? 0);
  if (steps > budget.steps) return notScored("the case's scorers together would take too long");
  if (judgeBeside !== undefined && steps > HEAVY_STEPS)
    return await beside(judgeBeside, { use, input, budget });
  budget.steps -= steps;
  return scorer.score(input, options);
}

async function beside(
  judgeBeside: NonNullable<ScorerPorts["judgeBeside"]>,
  { use, input, budget }: { use: ScorerUse; input: ScoreInput; budget: Means["budget"] },
): Promise<ScoreOutcome> {
  const { outcome, stepsLeft } = await judgeBeside({ use, input, stepsLeft: budget.steps });
  budget.steps = stepsLeft;
  return outcome;
}

/** What `judgeBeside` asks for, done in place: for the thread that does it. `ports` is what scorers may reach there. */
export async function judgeMetric(
  { use, input, stepsLeft }: MetricTask,
  ports: ScorerPorts,
): Promise<JudgedMetric> {
  const budget = { steps: stepsLeft };
  const outcome = await judge(use, input, { budget, ports });
  return { outcome, stepsLeft: budget.steps };
}

function hasPassed(metrics: readonly MetricScore[], passScore: number): boolean {
  if (metrics.some(({ passed }) => passed === false)) return false;
  const rest = metrics.filter(({ passed }) => passed === undefined);
  return rest.length === 0 || weightedMean(rest) >= passScore - SCORE_EPSILON;
}

function weightedMean(metrics: readonly MetricScore[]): number {
  let sum = 0;
  let weights = 0;
  for (const { weight, outcome } of metrics) {
    invariant(outcome.status === "scored", "a mean never contains a metric that was not scored");
    sum += weight * outcome.score;
    weights += weight;
  }
  invariant(weights > 0, "a suite has at least one scorer that counts");
  return Math.min(1, sum / weights);
}
