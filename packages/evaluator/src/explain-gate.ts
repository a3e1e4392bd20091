import { type GatePolicy, JudgePolicy, type MetricPolicy, type ScorerUse } from "@assay/core";
import { metricName, usesOfKind } from "./check-scorers.ts";
import { hasSay } from "./gate/judge-agreement.ts";

type MinScore = NonNullable<GatePolicy["minScore"]>;

/**
 * A gate's policy in words: one sentence for each clause that is in force, in the order of a verdict. Judges among the
 * suite's scorers that enter a clause must agree with people also where the policy says nothing of it.
 */
export function explainGate(policy: GatePolicy, scorers: readonly ScorerUse[] = []): string[] {
  const { approval, metrics = [] } = policy;
  const judges = policy.judges ?? (judgesDecide(policy, scorers) ? JudgePolicy.parse({}) : undefined);
  return [
    "A finished run of the suite must have measured the version on the gate's cases, with everything as it is now.",
    ...(approval === undefined ? [] : [explainApproval(approval)]),
    `At least ${counted(policy.minCases, "case")} must be scored.`,
    policy.maxErrors === 0
      ? "No result may have failed or be without a score."
      : `At most ${counted(policy.maxErrors, "result")} may have failed or be without a score.`,
    ...(judges === undefined
      ? []
      : [
          `Each judge that counts must agree with people by a kappa whose lower 95 % bound is at least ${judges.minKappa}, over ${judges.minLabels} labelled outputs or more${explainAnnotators(judges)}.`,
        ]),
    ...explainBounds(policy, "score"),
    ...metrics.flatMap((metric) => explainBounds(metric, `metric "${metric.name}"`)),
    ...(policy.noFlips.length === 0
      ? []
      : [`No case tagged ${listed(policy.noFlips)} may fail that passes with the version the label holds.`]),
    ...explainCosts(policy),
  ];
}

function explainAnnotators({ minAnnotators = 1 }: JudgePolicy): string {
  return minAnnotators === 1 ? "" : `, each labelled by ${minAnnotators} different people or more`;
}

function judgesDecide(policy: GatePolicy, scorers: readonly ScorerUse[]): boolean {
  return usesOfKind(scorers, "judge").some((use) =>
    hasSay({ metric: metricName(use), weight: use.weight }, policy),
  );
}

function explainApproval({ byOther }: NonNullable<GatePolicy["approval"]>): string {
  const who = byOther ? "somebody who neither wrote nor proposed the version" : "somebody";
  return `A change request for this very move must have been approved by ${who}.`;
}

function explainBounds(
  bounds: Omit<MetricPolicy, "name"> & { minImprovement?: number | undefined },
  of: string,
): string[] {
  const { minScore, maxRegression, minImprovement } = bounds;
  const lower = `the lower 95 % bound of the ${of}'s change from the version the label holds, on the same cases,`;
  return [
    ...(minScore === undefined ? [] : [explainMinScore(minScore, of)]),
    ...(maxRegression === undefined ? [] : [capital(`${lower} must be at least ${minus(maxRegression)}.`)]),
    ...(minImprovement === undefined ? [] : [capital(`${lower} must be above ${minImprovement}.`)]),
  ];
}

function explainMinScore({ score, on }: MinScore, of: string): string {
  const what = on === "mean" ? `The mean of the ${of}` : `The lower 95 % bound of the ${of}'s mean`;
  return `${what} must be at least ${score}.`;
}

function explainCosts({ maxLatencyP95Ms, maxCostPerCaseMicros }: GatePolicy): string[] {
  return [
    ...(maxLatencyP95Ms === undefined ? [] : [`95 of 100 answers must take at most ${maxLatencyP95Ms} ms.`]),
    ...(maxCostPerCaseMicros === undefined
      ? []
      : [`A case may cost at most ${maxCostPerCaseMicros} micro-units on average, judges left out.`]),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(" or ");
}

function minus(bound: number): string {
  return bound === 0 ? "0" : `-${bound}`;
}

function capital(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
