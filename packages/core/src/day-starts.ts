export const DAY_MS = 86_400_000;

/** The beginnings of so many days in UTC, oldest first; the last is that of the day of `now`. */
export function dayStarts(now: Date, days: number): Date[] {
  const today = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: days }, (_, index) => new Date((today - days + 1 + index) * DAY_MS));
}
