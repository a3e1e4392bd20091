import type { VerdictClause } from "@assay/core";
import { COST_GROUPS_MIN, costInterval } from "../statistics/cost-interval.ts";
import { percentile } from "../statistics/percentile.ts";
import { TAIL } from "../statistics/student-t.ts";
import type { GateBound } from "./gate-bounds.ts";
import { boundsOfPolicy, FAST_SHARE } from "./gate-bounds.ts";
import type { GateInput } from "./gate-input.ts";
import type { Standing } from "./measure-bounds.ts";
import { listedCases, namesOf, unknownSentence } from "./wording.ts";

/**
 * The 95th percentile is within the limit when at least 95 % of answers are: decided on the interval for their share,
 * which is what the order statistics' interval for a quantile is (Conover, Practical Nonparametric Statistics, 1999,
 * section 3.2), for answers in groups too.
 */
export function decideLatency(
  { candidate }: GateInput,
  { limitMs }: GateBound,
  standing: Standing,
): VerdictClause {
  const sorted = candidate.flatMap(({ latenciesMs }) => latenciesMs).sort((a, b) => a - b);
  const value = percentile(sorted, FAST_SHARE);
  const about = { clause: "maxLatencyP95Ms", value, bound: limitMs, count: standing.count } as const;
  const { mean, lower, upper } = standing.interval;
  if (mean === null || value === null) {
    return { ...about, outcome: "inconclusive", message: "No latency was measured. Run the suite again." };
  }
  const slow = standing.count - Math.round(mean * standing.count);
  const range =
    lower === null || upper === null
      ? ""
      : `, 95 % interval of that share ${percent(1 - upper)} to ${percent(1 - lower)}`;
  const found = `95 % of ${sorted.length} answers took ${Math.round(value)} ms or less; ${slow} of ${standing.count} took longer than ${limitMs} ms${range}, and no more than 5 % may.${unknownSentence(standing.unknown)}`;
  if (standing.clears) return { ...about, outcome: "pass", message: found };
  if (standing.fallsShort) return { ...about, outcome: "fail", message: found };
  const advice =
    mean > FAST_SHARE
      ? "Not enough answers to tell: at least 73 are needed even when all are fast enough. Add cases."
      : "Not enough answers to tell. Make the version faster, or allow more.";
  return { ...about, outcome: "inconclusive", message: `${found} ${advice}` };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/**
 * Passes by `costInterval`, which is approximate and needs 100 groups. Refuses at 2.5 % divided by all bounds that may
 * refuse: Bonferroni's share, which leaves the other bounds Holm's steps (`measureBounds`). No cost is too large to be
 * possible, so a run that stopped early says nothing sure about their mean.
 */
export function decideCost({ policy, candidate, stoppedEarly }: GateInput, bound: number): VerdictClause {
  const answered = candidate.filter(({ failed }) => failed === 0);
  const known = answered.flatMap(({ costMicros: value, group }) =>
    value === null ? [] : [{ value, group }],
  );
  const { mean, lower, upper } = costInterval(known);
  const interval = { mean, lower, upper };
  const about = {
    clause: "maxCostPerCaseMicros",
    value: mean,
    bound,
    interval,
    count: known.length,
  } as const;
  if (mean === null || known.length < answered.length) {
    const unpriced = answered.filter(({ costMicros }) => costMicros === null);
    const unknown = namesOf(unpriced);
    const message = `The cost of ${answered.length - known.length} cases is unknown${unknown === "" ? "" : `: ${unknown}`}. Give the model a price.`;
    return { ...about, outcome: "inconclusive", message, ...listedCases(unpriced) };
  }
  const found = `A case costs ${mean.toFixed(1)} micro-units in the mean, ${costRange({ lower, upper })}; the upper bound may be ${bound}.`;
  if (stoppedEarly !== undefined) {
    const message = `${found} The run stopped early, and the mean of costs is sure only over all cases: run them all.`;
    return { ...about, outcome: "inconclusive", message };
  }
  if (upper !== null && upper <= bound) return { ...about, outcome: "pass", message: found };
  const refusing = costInterval(known, TAIL / (boundsOfPolicy(policy).length + 1)).lower;
  if (refusing !== null && refusing > bound) return { ...about, outcome: "fail", message: found };
  const advice =
    upper === null
      ? `A large cost that is rare shows only in many cases: at least ${COST_GROUPS_MIN} independent ones are needed. Add cases.`
      : "Not enough cases to tell. Add cases, or allow more.";
  return { ...about, outcome: "inconclusive", message: `${found} ${advice}` };
}

function costRange({ lower, upper }: { lower: number | null; upper: number | null }): string {
  if (lower === null) return "no interval";
  const from = `95 % interval ${lower.toFixed(1)} to`;
  return upper === null ? `${from} an unknown bound` : `${from} ${upper.toFixed(1)}`;
}
