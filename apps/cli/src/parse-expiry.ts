import { UsageError } from "./cli-error.ts";

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
};

/**
 * `30m`, `4h` or `2d` from `now` (milliseconds of the epoch), or a time written out, as an ISO timestamp in UTC.
 *
 * @throws UsageError for anything else.
 */
export function parseExpiry(text: string, now: number): string {
  const [, amount, unit = ""] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const time = amount === undefined ? isoTime(text) : now + Number(amount) * (UNIT_MS[unit] ?? 0);
  if (Number.isNaN(time)) {
    throw new UsageError(`"${text}" is not a time: write 30m, 4h, 2d, or 2026-01-31T12:00:00Z.`);
  }
  return new Date(time).toISOString();
}

function isoTime(text: string): number {
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}
