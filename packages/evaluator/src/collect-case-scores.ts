import type { RunResult } from "@assay/core";
import { type CaseScores, CaseTallies, type RepeatScore } from "./case-tallies.ts";

/** A result with its case's group, which results do not carry. */
export type GroupedResult = RunResult & { group?: string | null | undefined };

/** Gathers a run's results, in any order, into its cases, sorted by key; what `decideGate` compares. */
export async function collectCaseScores(
  results: AsyncIterable<GroupedResult> | Iterable<GroupedResult>,
): Promise<CaseScores[]> {
  const tallies = new CaseTallies();
  for await (const result of results) tallies.add(repeatOf(result));
  return tallies.cases();
}

export function repeatOf({ caseKey, group, tags, outcome }: GroupedResult): RepeatScore {
  return { caseKey, group: group ?? null, tags, outcome };
}
