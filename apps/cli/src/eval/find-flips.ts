import type { RunResult } from "@assay/core";
import { isPassed } from "./eval-report.ts";
import type { Flip } from "./report-schema.ts";

interface CaseResults {
  isPassed: boolean;
  isScored: boolean;
  /** The repeat that speaks for the case: the first that did not pass, else the first. */
  shown: RunResult;
}

/**
 * The cases whose outcome differs between two runs of the same cases: broken ones first, then lost, then mended, each
 * in the order of `after`. A case passes when at least `passesMin` of its repeats do, or all where that is undefined.
 * Where the baseline has no score for a case there is nothing that it could have changed from.
 */
export function findFlips(
  runs: { before: readonly RunResult[]; after: readonly RunResult[] },
  passesMin: number | undefined,
): Flip[] {
  const before = byCase(runs.before, passesMin);
  const flips: Flip[] = [];
  for (const [caseKey, now] of byCase(runs.after, passesMin)) {
    const then = before.get(caseKey);
    const change = then?.isScored === true ? changeOf(then, now) : undefined;
    if (then === undefined || change === undefined) continue;
    flips.push({ caseKey, tags: now.shown.tags, change, before: then.shown, after: now.shown });
  }
  const order: readonly Flip["change"][] = ["broken", "lost", "mended"];
  return flips.sort((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
}

function changeOf(then: CaseResults, now: CaseResults): Flip["change"] | undefined {
  if (then.isPassed && !now.isScored) return "lost";
  if (then.isPassed === now.isPassed) return undefined;
  return now.isPassed ? "mended" : "broken";
}

function byCase(results: readonly RunResult[], passesMin: number | undefined): Map<string, CaseResults> {
  const groups = new Map<string, RunResult[]>();
  for (const result of results) {
    const group = groups.get(result.caseKey);
    if (group === undefined) groups.set(result.caseKey, [result]);
    else group.push(result);
  }
  const cases = new Map<string, CaseResults>();
  for (const [caseKey, repeats] of groups) {
    const passes = repeats.filter(isPassed).length;
    const shown = repeats.find((result) => !isPassed(result)) ?? repeats[0];
    if (shown === undefined) continue;
    cases.set(caseKey, {
      isPassed: passes >= Math.min(passesMin ?? repeats.length, repeats.length),
      isScored: repeats.every(({ outcome }) => outcome.status === "scored"),
      shown,
    });
  }
  return cases;
}
