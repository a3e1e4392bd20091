import type { VerdictClause } from "@assay/core";
import type { CaseScores } from "../case-tallies.ts";
import { completeCases } from "./early-order.ts";
import type { GateInput, RunOrder } from "./gate-input.ts";
import { listedCases, namesOf } from "./wording.ts";

export function decideMinCases({ policy, candidate, stoppedEarly }: GateInput): VerdictClause {
  const cases = stoppedEarly === undefined ? candidate : completeCases(candidate, stoppedEarly);
  const value = cases.filter(({ score }) => score !== null).length;
  const bound = policy.minCases;
  const about = { clause: "minCases", value, bound } as const;
  if (value >= bound)
    return { ...about, outcome: "pass", message: `${value} cases were scored; ${bound} are asked for.` };
  const planned = stoppedEarly?.cases.length ?? candidate.length;
  const message = tooFewSentence({ value, bound, planned, seen: cases });
  const unscored = cases.filter(({ score }) => score === null);
  return { ...about, outcome: "inconclusive", message, needed: bound, ...listedCases(unscored) };
}

/** Tells what is missing: cases that were not scored, that were not asked before the run stopped, or that are not there. */
function tooFewSentence(about: {
  value: number;
  bound: number;
  planned: number;
  seen: readonly CaseScores[];
}): string {
  const { value, bound, planned, seen } = about;
  const without = seen.filter(({ score }) => score === null);
  const unscored = `${without.length} failed or were not scored: look at ${namesOf(without)}`;
  const found = `Not enough cases: ${value} of ${bound}`;
  if (planned < bound) {
    return `${found}. Add cases or lower minCases${without.length === 0 ? "" : `; ${unscored}`}.`;
  }
  if (planned - without.length < bound) {
    return `${found} were scored. There are ${planned}, of which ${unscored}.`;
  }
  return `${found}. The run stopped before them: run all cases.`;
}

export function decideMaxErrors({ policy, candidate, stoppedEarly }: GateInput): VerdictClause {
  const failed = candidate.reduce((sum, one) => sum + one.failed, 0);
  const notScored = candidate.reduce((sum, one) => sum + one.notScored, 0);
  const value = failed + notScored;
  const bound = policy.maxErrors;
  const wrong = candidate.filter((one) => one.failed + one.notScored > 0);
  const about = { clause: "maxErrors", value, bound, ...listedCases(wrong) } as const;
  const found = `${failed} results failed and ${notScored} were not scored; ${bound} of both together are allowed.`;
  const keys = namesOf(wrong);
  if (value > bound) return { ...about, outcome: "fail", message: `${found} Look at ${keys}.` };
  if (stoppedEarly === undefined) return { ...about, outcome: "pass", message: found };
  const done = candidate.reduce((sum, one) => sum + one.repeats, 0);
  const share = errorsAllowedSoFar(bound, stoppedEarly, done);
  if (value <= share) {
    return {
      ...about,
      outcome: "pass",
      message: `${found} ${done} results were seen before the run stopped.`,
    };
  }
  const message = `${found} The run stopped after ${done} results, of which no more than ${share} may be errors: look at ${keys}, or run all cases.`;
  return { ...about, outcome: "inconclusive", message };
}

/** Errors are allowed in proportion to the results seen: a run may not stop before they come. */
export function errorsAllowedSoFar(maxErrors: number, { cases, repeats }: RunOrder, done: number): number {
  return Math.floor((maxErrors * done) / Math.max(1, cases.length * repeats));
}
