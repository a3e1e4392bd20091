import type { CaseScores } from "../case-tallies.ts";
import type { RunOrder } from "./gate-input.ts";
import { groupCases } from "./order-for-early-stop.ts";

/** The whole groups of a run that are complete, from the first to the one before the first gap. */
export function seenInOrder(
  candidate: readonly CaseScores[],
  order: RunOrder = { cases: [], repeats: 1 },
): { groups: CaseScores[][]; largestGroup: number } {
  const seen = new Map(completeCases(candidate, order).map((one) => [one.caseKey, one]));
  const planned = groupCases(order.cases);
  const groups: CaseScores[][] = [];
  for (const group of planned) {
    const cases = group.flatMap(({ caseKey }) => seen.get(caseKey) ?? []);
    if (cases.length < group.length) break;
    groups.push(sortedByKey(cases));
  }
  return { groups, largestGroup: largestOf(planned) };
}

/** The cases of which every repeat was carried out. */
export function completeCases(
  candidate: readonly CaseScores[],
  { repeats }: Pick<RunOrder, "repeats">,
): CaseScores[] {
  return candidate.filter((one) => one.repeats >= repeats);
}

export function largestOf(groups: readonly (readonly unknown[])[]): number {
  return groups.reduce((largest, { length }) => Math.max(largest, length), 1);
}

/** Sums of the same numbers in another order differ in the last digits. */
export function sortedByKey(cases: readonly CaseScores[]): CaseScores[] {
  return cases.toSorted((a, b) => (a.caseKey < b.caseKey ? -1 : 1));
}
