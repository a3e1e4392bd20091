import { type GatePolicy, type Interval, JudgePolicy, type VerdictClause } from "@assay/core";
import type { GateInput, JudgeStanding } from "./gate-input.ts";
import { show } from "./wording.ts";

/** One clause for every judge that has a say in the policy: may it? */
export function decideJudgeAgreement({
  policy,
  judges,
}: Pick<GateInput, "policy" | "judges">): VerdictClause[] {
  return judges.filter((judge) => hasSay(judge, policy)).map((judge) => decideJudge(judge, policy));
}

/** Does a judge that has not proven itself enter the clause? Such a clause cannot be decided, either way. */
export function isSuspended(
  { clause, metric }: Pick<VerdictClause, "clause" | "metric">,
  { policy, judges }: Pick<GateInput, "policy" | "judges">,
): boolean {
  if (!DECIDED_BY_SCORES.has(clause)) return false;
  return judges.some((judge) => {
    const enters = metric === undefined ? judge.weight > 0 : metric === judge.metric;
    return enters && decideJudge(judge, policy).outcome !== "pass";
  });
}

const DECIDED_BY_SCORES: ReadonlySet<string> = new Set([
  "minScore",
  "noFlips",
  "maxRegression",
  "minImprovement",
]);

/** Does what the judge says enter one of the policy's clauses? */
export function hasSay(
  { metric, weight }: Pick<JudgeStanding, "metric" | "weight">,
  policy: GatePolicy,
): boolean {
  const { minScore, maxRegression, minImprovement, noFlips, metrics = [] } = policy;
  const scored = [minScore, maxRegression, minImprovement].some((clause) => clause !== undefined);
  return (weight > 0 && (scored || noFlips.length > 0)) || metrics.some(({ name }) => name === metric);
}

function decideJudge(
  { metric, agreement, unlabelled = 0, distrust }: JudgeStanding,
  policy: GatePolicy,
): VerdictClause {
  const { minKappa: bound, minLabels, minAnnotators = 1 } = policy.judges ?? JudgePolicy.parse({});
  const lower = agreement?.lower ?? null;
  const n = agreement?.n ?? 0;
  const about = {
    clause: "judgeAgreement",
    metric,
    value: lower,
    bound,
    interval: kappaInterval(agreement),
    count: n,
  } as const;
  if (distrust !== undefined) return { ...about, outcome: "suspended", message: distrust };
  if (agreement === null || n < minLabels) {
    const by = minAnnotators === 1 ? "people" : `${minAnnotators} people each`;
    const message = `Judge of "${metric}": ${n} of its verdicts count as labelled by ${by}; ${minLabels} are asked for. Label ${minLabels - n} more outputs of the gate's prompt and dataset (assay annotations create, fill, next, label). Who wrote the judge, the suite or the version does not count, nor do keys made by them or leading to theirs.`;
    return { ...about, outcome: "suspended", message, needed: minLabels };
  }
  if (unlabelled > 0) {
    const message = `Judge of "${metric}": ${unlabelled} of the outputs that were drawn lack labels, and agreement is judged over all of them. Label them too (assay annotations next, label).`;
    return { ...about, outcome: "suspended", message };
  }
  if (agreement.kappa === null || lower === null) {
    const message = `Judge of "${metric}": κ is undefined, for all ${n} labelled outputs ${agreement.judgePassRate === 1 ? "pass" : "fail"} with judge and people alike. Label outputs of the other kind.`;
    return { ...about, outcome: "suspended", message };
  }
  const found = `Judge of "${metric}" agrees with people at κ ${show(agreement.kappa)} over ${n} labelled outputs, 95 % interval ${show(lower)} to ${show(agreement.upper)}; it lets ${percent(agreement.judgePassRate)} pass and people ${percent(agreement.humanPassRate)}. The lower bound must be at least ${show(bound)}.`;
  if (lower >= bound) return { ...about, outcome: "pass", message: found };
  return {
    ...about,
    outcome: "suspended",
    ...whatWouldDo(found, { n, kappa: agreement.kappa, lower, bound }),
  };
}

interface Agreed {
  n: number;
  kappa: number;
  lower: number;
  bound: number;
}

/** More labels help a judge that agrees well enough so far; another needs to become better. */
function whatWouldDo(found: string, at: Agreed): Pick<VerdictClause, "message" | "needed"> {
  if (at.kappa <= at.bound) return { message: `${found} Improve the judge's prompt or model.` };
  const needed = labelsNeeded(at);
  const message = `${found} Label more outputs (assay annotations fill, next, label): about ${needed} in all would do if it goes on like this.`;
  return { message, needed };
}

function kappaInterval(agreement: JudgeStanding["agreement"]): Interval {
  if (agreement === null) return { mean: null, lower: null, upper: null };
  return { mean: agreement.kappa, lower: agreement.lower, upper: agreement.upper };
}

/** The interval narrows with the root of the number of labels. */
function labelsNeeded(at: Agreed): number {
  return Math.ceil(at.n * ((at.kappa - at.lower) / (at.kappa - at.bound)) ** 2);
}

function percent(share: number | null): string {
  return share === null ? "unknown" : `${(share * 100).toFixed(1)} %`;
}
