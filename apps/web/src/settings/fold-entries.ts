import type { AuditEntry } from "@assay/core";

/** Two stay two lines: one saves nothing. */
const FOLDED_MIN = 3;
const APART_MS = 10 * 60_000;

/**
 * Entries in the order they come, newest first, with somebody's labels in one queue, each given minutes after the
 * other, as one group: an hour of labelling would push everything else off the page. Nothing else is folded.
 */
export function foldEntries(entries: readonly AuditEntry[]): AuditEntry[][] {
  const groups: AuditEntry[][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && continues(last, entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups.flatMap((group) => (group.length < FOLDED_MIN ? group.map((entry) => [entry]) : [group]));
}

function continues(newer: AuditEntry, older: AuditEntry): boolean {
  return (
    older.action === "annotation.label" &&
    newer.action === older.action &&
    newer.actor === older.actor &&
    newer.details.queue === older.details.queue &&
    Date.parse(newer.createdAt) - Date.parse(older.createdAt) <= APART_MS
  );
}
