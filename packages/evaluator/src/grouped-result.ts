import type { RunResult } from "@assay/core";
import type { RepeatScore } from "./case-tallies.ts";

/** A result with its case's group, which results do not carry. */
export type GroupedResult = RunResult & { group?: string | null | undefined };

export function repeatOf({ caseKey, group, tags, outcome }: GroupedResult): RepeatScore {
  return { caseKey, group: group ?? null, tags, outcome };
}
