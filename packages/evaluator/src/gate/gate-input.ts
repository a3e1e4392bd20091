import type { GatePolicy } from "@assay/core";
import type { CaseScores } from "../case-tallies.ts";
import type { Agreement } from "../statistics/cohen-kappa.ts";

/** A metric that a judge gives, with the judge's agreement with the tenant's people. */
export interface JudgeStanding {
  metric: string;
  /** The metric's weight in the score; 0 where it is reported by itself alone. */
  weight: number;
  /** Null when nobody labelled outputs that it judged. */
  agreement: Agreement | null;
  /** Outputs that were drawn for people and lack labels: whoever stops where it suits chooses what counts. */
  unlabelled?: number;
  /** Why it may not gate whatever people say of it; absent where nothing speaks against it. */
  distrust?: string;
}

/** One case that a run was to carry out. */
export interface PlannedCase {
  caseKey: string;
  group: string | null;
  tags: readonly string[];
}

/** Everything a run that may stop early was to do: all its cases, in the order of `orderForEarlyStop`. */
export interface RunOrder {
  cases: readonly PlannedCase[];
  repeats: number;
}

export interface GateInput {
  policy: GatePolicy;
  /** With every metric that the policy names (`metricsOfPolicy`). */
  candidate: readonly CaseScores[];
  /** The cases of the incumbent's run; null when the label holds no other version, or that version has no run. */
  incumbent: readonly CaseScores[] | null;
  /** The other version that the label holds; null when it holds none, or the candidate itself. */
  incumbentVersion: number | null;
  /** One for each metric of the suite that a judge gives. */
  judges: readonly JudgeStanding[];
  /** Of a run that stopped early, and only of one: it is judged by bounds that allow for looking. */
  stoppedEarly?: RunOrder | undefined;
}

/** The metrics that a policy looks at by themselves. */
export function metricsOfPolicy({ metrics = [] }: GatePolicy): string[] {
  return [...new Set(metrics.map(({ name }) => name))];
}
