import { CaseChange } from "@assay/core";
import type { CaseIndex } from "./case-index.ts";
import type { RunColumns } from "./run-columns.ts";

/** Scores that differ by less are the same: sums of weights are not exact. */
const EPSILON = 1e-9;

export interface RankedCase {
  place: number;
  change: CaseChange;
}

/**
 * The cases of a comparison in the order in which they are worth looking at: by the greatest change among the runs that
 * are held against the first, within it by the size of the score's change, then by key. The same runs give the same
 * order.
 */
export function rankCases(index: CaseIndex, runs: readonly RunColumns[]): RankedCase[] {
  const [baseline, ...others] = runs;
  if (baseline === undefined) return [];
  const count = index.size;
  const ranks = new Uint8Array(count);
  const sizes = new Float64Array(count);
  for (let place = 0; place < count; place++) {
    const pairs = others.map((run) => ({ baseline, run }));
    ranks[place] = Math.min(...pairs.map((pair) => rankOf(pair, place)));
    sizes[place] = Math.max(...pairs.map((pair) => sizeOf(pair, place)));
  }
  const places = Array.from({ length: count }, (_, place) => place);
  places.sort(
    (a, b) =>
      (ranks[a] ?? 0) - (ranks[b] ?? 0) ||
      (sizes[b] ?? 0) - (sizes[a] ?? 0) ||
      (index.at(a).caseKey < index.at(b).caseKey ? -1 : 1),
  );
  return places.map((place) => ({ place, change: CaseChange.options[ranks[place] ?? 0] ?? "same" }));
}

interface Pair {
  baseline: RunColumns;
  run: RunColumns;
}

function changeOf({ baseline, run }: Pair, place: number): CaseChange {
  const before = baseline.score(place);
  const now = run.score(place);
  const isPresent = baseline.state(place) !== "absent" && run.state(place) !== "absent";
  if (isPresent && baseline.passed(place) && !run.passed(place)) return "lost";
  // What a case without a score did before is unknown: it has gained nothing.
  if (before !== null && !baseline.passed(place) && run.passed(place)) return "gained";
  if (before === null && now === null) return "same";
  if (before === null || now === null) return "unknown";
  return Math.abs(now - before) > EPSILON ? "changed" : "same";
}

function rankOf(pair: Pair, place: number): number {
  return CaseChange.options.indexOf(changeOf(pair, place));
}

function sizeOf({ baseline, run }: Pair, place: number): number {
  const before = baseline.score(place);
  const now = run.score(place);
  return before === null || now === null ? 0 : Math.abs(now - before);
}
