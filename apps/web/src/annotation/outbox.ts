/** A label that was given and, for a moment, can still be taken back. */
export interface GivenLabel {
  itemId: string;
  passed: boolean;
  comment?: string;
}

/**
 * Labels on their way, oldest first. Once the server has a label, its output may show what the judge and others said, so
 * a label that could be changed later would not be blind any more; therefore the newest one waits here for its undo.
 */
export type Outbox = readonly GivenLabel[];

export const EMPTY_OUTBOX: Outbox = [];

export function isOutbox(value: unknown): value is Outbox {
  return Array.isArray(value) && value.every(isLabel);
}

function isLabel(value: unknown): value is GivenLabel {
  if (typeof value !== "object" || value === null) return false;
  const { itemId, passed, comment } = value as Partial<GivenLabel>;
  return (
    typeof itemId === "string" &&
    typeof passed === "boolean" &&
    (comment === undefined || typeof comment === "string")
  );
}

/** With one more label; an item that is in it already gets the new one. */
export function withLabel(outbox: Outbox, label: GivenLabel): Outbox {
  return [...withoutItem(outbox, label.itemId), label];
}

export function withoutItem(outbox: Outbox, itemId: string): Outbox {
  return outbox.filter((label) => label.itemId !== itemId);
}

/** Everything but the newest, which can still be taken back. */
export function dueOf(outbox: Outbox): Outbox {
  return outbox.slice(0, -1);
}

interface Passed {
  outbox: Outbox;
  skipped: readonly string[];
}

/** How many items the server may be told to leave out. */
const EXCEPT_MAX = 50;

/** Items that are not shown next: those on their way, and as many of the skipped ones as there is room for. */
export function exceptOf({ outbox, skipped }: Passed): string | undefined {
  const ids = [...new Set([...outbox.map(({ itemId }) => itemId), ...skipped])];
  return ids.length === 0 ? undefined : ids.slice(0, EXCEPT_MAX).join(",");
}

/** With one more passed over; the oldest come back where there are too many. */
export function withSkipped(skipped: readonly string[], itemId: string): string[] {
  return [...skipped.filter((id) => id !== itemId), itemId].slice(-(EXCEPT_MAX - 10));
}
