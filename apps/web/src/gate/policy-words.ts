import type { GatePolicy } from "@assay/core";
import type { TFunction } from "i18next";
import type { Format } from "../i18n/format.ts";
import { kappaDegree } from "./kappa-degree.ts";

type Bounds = Pick<GatePolicy, "minScore" | "maxRegression" | "minImprovement">;

const JUDGES_DEFAULT = { minKappa: 0.6, minLabels: 50 };

interface Words {
  t: TFunction;
  format: Format;
}

/**
 * A gate's policy, a sentence for each requirement.
 * @param hasJudges whether a judge enters the score, which then must agree with people also where the policy is silent
 */
export function policyWords(policy: GatePolicy, words: Words, hasJudges = false): string[] {
  const { t, format } = words;
  const { label } = policy;
  const judges = policy.judges ?? (hasJudges ? JUDGES_DEFAULT : undefined);
  return [
    t("policy.minCases", { count: policy.minCases }),
    policy.maxErrors === 0 ? t("policy.noErrors") : t("policy.maxErrors", { count: policy.maxErrors }),
    ...(judges === undefined
      ? []
      : [
          t("policy.judges", {
            degree: t(`degree.${kappaDegree(judges.minKappa)}`),
            bound: format.score(judges.minKappa),
            labels: format.integer(judges.minLabels),
          }),
        ]),
    ...boundWords(policy, { start: t("score"), within: t("within.score"), label }, words),
    ...(policy.metrics ?? []).flatMap(({ name, ...bounds }) =>
      boundWords(
        bounds,
        { start: t("metric", { metric: name }), within: t("within.metric", { metric: name }), label },
        words,
      ),
    ),
    ...(policy.noFlips.length === 0 ? [] : [t("policy.noFlips", { tags: policy.noFlips.join(", "), label })]),
    ...resourceWords(policy, words),
  ];
}

function boundWords(
  { minScore, maxRegression, minImprovement }: Bounds,
  what: { start: string; within: string; label: string },
  { t, format }: Words,
): string[] {
  const found: string[] = [];
  if (minScore !== undefined) {
    found.push(
      t(`policy.minScore.${minScore.on}`, { what: what.start, bound: format.score(minScore.score) }),
    );
  }
  if (maxRegression !== undefined)
    found.push(
      t("policy.maxRegression", { what: what.within, label: what.label, bound: format.score(maxRegression) }),
    );
  if (minImprovement !== undefined)
    found.push(
      t("policy.minImprovement", {
        what: what.within,
        label: what.label,
        bound: format.score(minImprovement),
      }),
    );
  return found;
}

function resourceWords(
  { maxLatencyP95Ms, maxCostPerCaseMicros, approval }: GatePolicy,
  { t, format }: Words,
): string[] {
  const found: string[] = [];
  if (maxLatencyP95Ms !== undefined)
    found.push(t("policy.maxLatency", { bound: format.duration(maxLatencyP95Ms) }));
  if (maxCostPerCaseMicros !== undefined)
    found.push(t("policy.maxCost", { bound: format.costOfThousand(maxCostPerCaseMicros) }));
  if (approval !== undefined) found.push(t(`policy.approval.${approval.byOther ? "other" : "any"}`));
  return found;
}
