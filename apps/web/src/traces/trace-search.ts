import { onlySaid, searchChoice, searchFlag, searchNumber, searchText } from "../shell/search-value.ts";

export const STATUSES = ["completed", "failed", "cancelled"] as const;
export const SOURCES = ["served", "playground"] as const;

/** Filters of the list, and the trace that is open. */
export interface TraceSearch {
  prompt?: string;
  version?: number;
  label?: string;
  status?: (typeof STATUSES)[number];
  source?: (typeof SOURCES)[number];
  /** Days, as the browser's date fields have them. */
  since?: string;
  until?: string;
  hasContent?: boolean;
  hasFeedback?: boolean;
  minScore?: number;
  maxScore?: number;
  trace?: string;
}

export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const prompt = searchText(search.prompt, 64);
  return onlySaid({
    prompt,
    // A version is one of a prompt.
    version: prompt === undefined ? undefined : wholeNumber(search.version),
    label: searchText(search.label, 64),
    status: searchChoice(search.status, STATUSES),
    source: searchChoice(search.source, SOURCES),
    since: day(search.since),
    until: day(search.until),
    hasContent: searchFlag(search.hasContent),
    hasFeedback: searchFlag(search.hasFeedback),
    minScore: searchNumber(search.minScore, { max: 1 }),
    maxScore: searchNumber(search.maxScore, { max: 1 }),
    trace: searchText(search.trace, 64),
  });
}

/** The same as the API asks for it: whole days of the reader's own clock, and words where it has words. */
export function traceQuery({ trace: _, since, until, hasContent, hasFeedback, ...rest }: TraceSearch) {
  return {
    ...rest,
    ...(since !== undefined && { since: startOfDay(since).toISOString() }),
    ...(until !== undefined && { until: startOfDay(until, 1).toISOString() }),
    ...(hasContent !== undefined && { hasContent: flagWord(hasContent) }),
    ...(hasFeedback !== undefined && { hasFeedback: flagWord(hasFeedback) }),
  };
}

/** Is the list narrowed at all? */
export function isFiltered({ trace: _, ...filters }: TraceSearch): boolean {
  return Object.keys(filters).length > 0;
}

function flagWord(flag: boolean): "true" | "false" {
  return flag ? "true" : "false";
}

function wholeNumber(value: unknown): number | undefined {
  const number = searchNumber(value, { min: 1, max: 2_147_483_647 });
  return Number.isInteger(number) ? number : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;
}

function startOfDay(date: string, daysLater = 0): Date {
  const start = new Date(`${date}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return start;
}
