import { onlySaid, searchChoice, searchNumber } from "../shell/search-value.ts";

// What the address of the usage page holds.
export const USAGE_DIMENSIONS = ["prompt", "model", "key"] as const;
export const USAGE_MEASURES = ["requests", "tokens", "costMicros"] as const;
export const USAGE_DAYS = [7, 30, 90] as const;

export interface UsageSearch {
  by?: (typeof USAGE_DIMENSIONS)[number];
  of?: (typeof USAGE_MEASURES)[number];
  days?: (typeof USAGE_DAYS)[number];
}

export function readUsageSearch({ by, of, days }: Record<string, unknown>): UsageSearch {
  return onlySaid({
    by: searchChoice(by, USAGE_DIMENSIONS),
    of: searchChoice(of, USAGE_MEASURES),
    days: USAGE_DAYS.find((each) => each === searchNumber(days)),
  });
}
