import type { ComparedRun, Interval } from "@assay/core";

type SureChange = "surelyBetter" | "surelyWorse" | "maybeChance";

export const CHANGE_TONES = { surelyBetter: "good", surelyWorse: "bad", maybeChance: "neutral" } as const;

/** Whether a run's score differs surely from the base's; null for the base, and for what shares no case with it. */
export function sureChange({ deltas }: Pick<ComparedRun, "deltas">): SureChange | null {
  return deltas === null ? null : sureDifference(deltas.score.difference);
}

/** Whether a difference is surely more or less than nothing. */
export function sureDifference({ lower, upper }: Interval): SureChange {
  if (lower !== null && lower > 0) return "surelyBetter";
  return upper !== null && upper < 0 ? "surelyWorse" : "maybeChance";
}
