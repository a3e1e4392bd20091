import type { Verdict, VerdictClause, VerdictOutcome } from "@assay/core";
import { decideScoreBound } from "./gate/bound-clauses.ts";
import { decideMaxErrors, decideMinCases } from "./gate/count-clauses.ts";
import { boundsOfPolicy } from "./gate/gate-bounds.ts";
import type { GateInput } from "./gate/gate-input.ts";
import { decideJudgeAgreement, isSuspended } from "./gate/judge-agreement.ts";
import { measureBounds } from "./gate/measure-bounds.ts";
import { decideNoFlips } from "./gate/no-flips.ts";
import { decideCost, decideLatency } from "./gate/resource-clauses.ts";
import type { Pause } from "./summary-columns.ts";

/**
 * Holds a run against a policy. Every clause of the policy is decided, with the number found and its bound. The
 * verdict fails when a clause fails, else is inconclusive when one is or is suspended, else passes. The same input
 * gives the same verdict, to the last character.
 */
export function decideGate(input: GateInput): Verdict {
  const steps = stepsOf(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The same for whoever has others to serve: a hundred thousand cases take a second.
 *
 * @param pause awaited between stretches of work
 */
export async function decideGateInTurns(input: GateInput, pause: Pause): Promise<Verdict> {
  const steps = stepsOf(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause();
  }
}

function* stepsOf(input: GateInput): Generator<void, Verdict> {
  const clauses = [
    decideMinCases(input),
    decideMaxErrors(input),
    ...decideJudgeAgreement(input),
    ...(yield* decideOutcomes(input)).map((clause) => suspend(clause, input)),
  ];
  return { outcome: outcomeOfClauses(clauses), clauses };
}

function* decideOutcomes(input: GateInput): Generator<void, VerdictClause[]> {
  const { noFlips, maxCostPerCaseMicros } = input.policy;
  const clauses: VerdictClause[] = [];
  for (const [bound, standing] of yield* measureBounds(input, boundsOfPolicy(input.policy))) {
    yield;
    clauses.push(
      bound.limitMs === null
        ? decideScoreBound(input, bound, standing)
        : decideLatency(input, bound, standing),
    );
  }
  yield;
  if (noFlips.length > 0) clauses.push(decideNoFlips(input));
  yield;
  if (maxCostPerCaseMicros !== undefined) clauses.push(decideCost(input, maxCostPerCaseMicros));
  return clauses;
}

function suspend(clause: VerdictClause, input: GateInput): VerdictClause {
  if (!isSuspended(clause, input)) return clause;
  const message = `A judge that enters this has not proven itself, so it decides nothing: ${clause.message}`;
  return { ...clause, outcome: "suspended", message };
}

/** What clauses together come to: one that fails outweighs one that cannot tell, and that one those that pass. */
export function outcomeOfClauses(clauses: readonly VerdictClause[]): VerdictOutcome {
  const outcomes = new Set(clauses.map(({ outcome }) => outcome));
  if (outcomes.has("fail")) return "fail";
  return outcomes.has("inconclusive") || outcomes.has("suspended") ? "inconclusive" : "pass";
}
