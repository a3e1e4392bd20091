import type { RunPower } from "@assay/core";
import { formatScore } from "./eval-report.ts";

/** What the run could show, as it was known before its first case: one sentence. */
export function powerSentence({
  cases,
  detectableDifference,
  passChanceWhenEqual,
  casesNeeded,
}: RunPower): string {
  const change =
    detectableDifference === null
      ? `how small a change its ${cases} cases can show could not be told`
      : `the smallest change of the score that its ${cases} cases can show is about ${formatScore(detectableDifference)}`;
  if (passChanceWhenEqual === null) return `Before the run: ${change}.`;
  const chance = `a version as good as the incumbent passes with a chance of ${Math.floor(passChanceWhenEqual * 100)} %`;
  const needed =
    casesNeeded === null || casesNeeded <= cases ? "" : `, and about ${casesNeeded} cases would make it 80 %`;
  return `Before the run: ${change}; ${chance}${needed}.`;
}
