import type { GatePolicy, RunPower } from "@assay/core";
import { announcePower, type CaseScores } from "@assay/evaluator";

/** What so many cases could show, when their scores spread as those of an earlier run over such cases. */
export function powerOf({
  policy,
  cases,
  earlier,
}: {
  policy: GatePolicy;
  cases: number;
  earlier: readonly CaseScores[];
}): RunPower {
  const ungrouped = earlier.filter(({ group }) => group === null).length;
  const groups = new Set(earlier.flatMap(({ group }) => group ?? [])).size + ungrouped;
  return announcePower({ policy, cases, groups: Math.min(cases, groups), earlier });
}
