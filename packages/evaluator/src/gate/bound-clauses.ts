import type { VerdictClause } from "@assay/core";
import { neededCount } from "../statistics/needed-count.ts";
import { type GateBound, isRelative } from "./gate-bounds.ts";
import type { GateInput } from "./gate-input.ts";
import type { Standing } from "./measure-bounds.ts";
import { withoutIncumbent } from "./without-incumbent.ts";
import { show, signed, unknownSentence } from "./wording.ts";

/** Decides a bound for the score, or for one metric. */
export function decideScoreBound(
  { candidate, incumbent, incumbentVersion, stoppedEarly }: GateInput,
  bound: GateBound,
  standing: Standing,
): VerdictClause {
  const { mean, lower } = standing.interval;
  const about = {
    clause: bound.clause,
    ...(bound.metric !== null && { metric: bound.metric }),
    ...comparedWith(bound, incumbentVersion),
    value: bound.onMean ? mean : lower,
    bound: bound.bound,
    interval: standing.interval,
    count: standing.count,
  };
  if (isRelative(bound) && incumbent === null) {
    const { interval: _, count: __, ...rest } = about;
    return withoutIncumbent({ ...rest, value: null }, incumbentVersion);
  }
  const found = isRelative(bound)
    ? changeSentence(bound, standing, incumbentVersion)
    : scoreSentence(bound, standing);
  if (standing.clears) return { ...about, outcome: "pass", message: found };
  if (standing.fallsShort) {
    const short = mean === null ? "" : ` Short by ${show(bound.bound - mean)}.`;
    return { ...about, outcome: "fail", message: `${found}${short}` };
  }
  if (standing.unknown > 0) {
    return { ...about, outcome: "inconclusive", message: `${found} ${unknownAdvice(standing)}` };
  }
  if (standing.count === 0 && candidate.length > 0) {
    return { ...about, outcome: "inconclusive", message: `${found} ${UNSCORED_ADVICE}` };
  }
  const needed = stoppedEarly === undefined ? neededOf(bound, standing) : undefined;
  const advice = stoppedEarly === undefined ? adviceOf(bound, standing, needed) : EARLY_ADVICE;
  const message = `${found} Not enough cases to tell. ${advice}`;
  return { ...about, outcome: "inconclusive", message, ...(needed !== undefined && { needed }) };
}

function comparedWith(bound: GateBound, version: number | null): Pick<VerdictClause, "incumbentVersion"> {
  return isRelative(bound) && version !== null ? { incumbentVersion: version } : {};
}

const UNSCORED_ADVICE =
  "More cases will not help: look at why these failed or were not scored (the reasons stand with the results).";

/** The worst that what is unknown could be stands between a version and its pass. */
function unknownAdvice({ count }: Standing): string {
  return count === 0 ? UNSCORED_ADVICE : `With these at their worst it cannot be told. ${UNSCORED_ADVICE}`;
}

const EARLY_ADVICE = "The run stopped before this was decided: run all cases.";

function scoreSentence({ metric, bound, onMean }: GateBound, { interval, count, unknown }: Standing): string {
  const { mean, lower, upper } = interval;
  const what = metric === null ? "Mean score" : `Mean of metric "${metric}"`;
  if (mean === null) return `${what} is unknown: no case was scored.`;
  const range = lower === null ? "no interval" : `95 % interval ${show(lower)} to ${show(upper)}`;
  const asked = onMean ? "the mean" : "the lower bound";
  return `${what} ${show(mean)} over ${count} cases, ${range}; ${asked} must be at least ${show(bound)}.${unknownSentence(unknown)}`;
}

function changeSentence(
  { metric, bound, isStrict }: GateBound,
  { interval, count, unknown }: Standing,
  incumbentVersion: number | null,
): string {
  const { mean, lower, upper } = interval;
  if (mean === null || lower === null || upper === null) {
    return `Only ${count} cases are scored with both this version and version ${incumbentVersion}.`;
  }
  const what = metric === null ? "the score" : `metric "${metric}"`;
  const asked = isStrict ? "above" : "at least";
  return `On ${count} common cases ${what} changes by ${signed(mean)} from version ${incumbentVersion}, 95 % interval ${signed(lower)} to ${signed(upper)}; the lower bound must be ${asked} ${signed(bound)}.${unknownSentence(unknown)}`;
}

/** How many cases would do; undefined where that cannot be told, and where more alone will not help. */
function neededOf({ bound }: GateBound, { interval, count }: Standing): number | undefined {
  const { mean, lower } = interval;
  if (mean === null || lower === null || mean <= bound) return undefined;
  return neededCount({ count, reach: mean - lower, slack: mean - bound });
}

function adviceOf(
  { bound, clause }: GateBound,
  { interval, count }: Standing,
  needed: number | undefined,
): string {
  const { mean, lower } = interval;
  if (mean === null || lower === null) return "Add cases.";
  const lower_ = clause === "maxRegression" ? "allow more" : "ask for less";
  if (needed === undefined) {
    return `What was found is ${show(bound - mean)} short, so more cases alone will hardly help: improve the version, or ${lower_}.`;
  }
  return `About ${needed} cases like these would do if it goes on like this; add ${needed - count}, improve the version, or ${lower_}.`;
}
