import type { CaseOutcome } from "@assay/core";
import type { Answer } from "./answer.ts";

/** One case in one column. */
export interface CellRun {
  answer: Answer;
  /** What the suite's scorers said; null without a suite, without an answer, or until they have said it. */
  outcome: CaseOutcome | null;
  /** Why they could not be asked. */
  scoringError: unknown;
}

/** Cases asked at the same time. */
const AT_ONCE = 4;

/** Does the works in their order, a few at a time; what has not begun when the signal comes is left undone. */
export async function inPool(works: readonly (() => Promise<void>)[], signal: AbortSignal): Promise<void> {
  let next = 0;
  const take = async () => {
    while (next < works.length && !signal.aborted) {
      const work = works[next];
      next += 1;
      await work?.();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, works.length) }, take));
}

export interface ColumnTally {
  answered: number;
  failed: number;
  scored: number;
  passed: number;
  /** Of those that were scored; null where none was. Unknown is not zero. */
  meanScore: number | null;
}

/** A column's cases in numbers. What was not scored is in no mean. */
export function tallyOf(runs: readonly CellRun[]): ColumnTally {
  const scored = runs.flatMap(({ outcome }) => (outcome?.status === "scored" ? [outcome] : []));
  const sum = scored.reduce((total, { score }) => total + score, 0);
  return {
    answered: runs.filter(({ answer }) => answer.status === "done").length,
    failed: runs.filter(({ answer }) => answer.status === "failed").length,
    scored: scored.length,
    passed: scored.filter(({ passed }) => passed).length,
    meanScore: scored.length === 0 ? null : sum / scored.length,
  };
}
