import type { ComparedRun } from "@assay/core";

type SureChange = "surelyBetter" | "surelyWorse" | "maybeChance";

/** Whether a run's score differs surely from the base's; null for the base, and for what shares no case with it. */
export function sureChange({ deltas }: Pick<ComparedRun, "deltas">): SureChange | null {
  if (deltas === null) return null;
  const { lower, upper } = deltas.score.difference;
  if (lower !== null && lower > 0) return "surelyBetter";
  return upper !== null && upper < 0 ? "surelyWorse" : "maybeChance";
}
