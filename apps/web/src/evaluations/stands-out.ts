import type { Interval } from "@assay/core";

/**
 * Whether a part's difference is surely another than the whole's: only then does the part tell more than the whole does.
 * Where a version got better everywhere no tag stands out.
 */
export function standsOut(part: Interval | undefined, whole: Interval | undefined): "above" | "below" | null {
  if (part?.lower == null || part.upper === null || whole?.lower == null || whole.upper === null) return null;
  if (part.lower > whole.upper) return "above";
  return part.upper < whole.lower ? "below" : null;
}
