import type { UsageDay } from "@assay/core";

export type UsageMeasure = "requests" | "tokens" | "costMicros";

/** More are added up as "other": nobody tells ten colours apart. */
const GROUPS_MAX = 6;

export interface DayStack {
  day: string;
  /** By group; what is not known counts as nothing here and is said beside the chart. */
  amounts: Record<string, number>;
}

/** Days as a chart stacks them: the largest groups by name, the others under `other`. */
export function stackDays(
  days: readonly string[],
  rows: readonly UsageDay[],
  { measure, other, none }: { measure: UsageMeasure; other: string; none: string },
): { groups: string[]; stacks: DayStack[]; unknownDays: number } {
  const totals = new Map<string, number>();
  for (const row of rows) {
    const name = row.group ?? none;
    totals.set(name, (totals.get(name) ?? 0) + (row[measure] ?? 0));
  }
  const largest = [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const shown = new Set(largest.slice(0, GROUPS_MAX));
  const stacks = days.map((day): DayStack => ({ day, amounts: {} }));
  const byDay = new Map(stacks.map((stack) => [stack.day, stack]));
  for (const row of rows) {
    const name = row.group ?? none;
    const key = shown.has(name) ? name : other;
    const stack = byDay.get(row.day);
    if (stack !== undefined) stack.amounts[key] = (stack.amounts[key] ?? 0) + (row[measure] ?? 0);
  }
  const groups = [...shown, ...(largest.length > GROUPS_MAX ? [other] : [])];
  const unknown = new Set(rows.filter((row) => row[measure] === null).map(({ day }) => day));
  return { groups, stacks, unknownDays: unknown.size };
}
