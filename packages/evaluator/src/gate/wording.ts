import type { CaseScores } from "../case-tallies.ts";

/** How many cases a message names. */
const NAMED_MAX = 5;
/** How many a clause lists. */
const LISTED_MAX = 20;

export function droppedSentence(count: number): string {
  return count === 0 ? "" : ` ${count} cases known on one side only were left out.`;
}

export function unknownSentence(count: number): string {
  if (count === 0) return "";
  return ` ${count} more failed or were not scored; to pass, the worst is assumed of them.`;
}

export function namesOf(cases: readonly CaseScores[]): string {
  const names = cases.slice(0, NAMED_MAX).map(({ caseKey }) => caseKey);
  const more = cases.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** The member `cases` of a clause, with how many there are where it is cut; none where there is nothing to look at. */
export function listedCases(cases: readonly CaseScores[]): { cases?: string[]; caseCount?: number } {
  if (cases.length === 0) return {};
  const listed = cases.slice(0, LISTED_MAX).map(({ caseKey }) => caseKey);
  return { cases: listed, ...(listed.length < cases.length && { caseCount: cases.length }) };
}

export function show(value: number | null): string {
  return value === null ? "unknown" : value.toFixed(4);
}

export function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(4)}`;
}
