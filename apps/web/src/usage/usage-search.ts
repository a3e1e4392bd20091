// What the address of the usage page holds.
export const USAGE_DIMENSIONS = ["prompt", "model", "key"] as const;
export const USAGE_MEASURES = ["requests", "tokens", "costMicros"] as const;
export const USAGE_DAYS = [7, 30, 90] as const;

export interface UsageSearch {
  by?: (typeof USAGE_DIMENSIONS)[number];
  of?: (typeof USAGE_MEASURES)[number];
  days?: (typeof USAGE_DAYS)[number];
}

export function readUsageSearch(search: Record<string, unknown>): UsageSearch {
  const by = USAGE_DIMENSIONS.find((each) => each === search.by);
  const of = USAGE_MEASURES.find((each) => each === search.of);
  const days = USAGE_DAYS.find((each) => each === Number(search.days));
  return { ...(by && { by }), ...(of && { of }), ...(days && { days }) };
}
