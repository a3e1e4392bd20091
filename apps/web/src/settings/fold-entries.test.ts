import type { AuditEntry } from "@assay/core";
import { expect, test } from "vitest";
import { foldEntries } from "./fold-entries.ts";

const START_MS = Date.parse("2026-11-23T12:00:00.000Z");

/** So many minutes before noon. */
function label(minutes: number, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: `aud_${minutes}`,
    actor: "user:usr_1",
    actorName: "Anna",
    action: "annotation.label",
    object: `ani_${minutes}`,
    objectName: null,
    details: { queue: "tone" },
    requestId: null,
    createdAt: new Date(START_MS - minutes * 60_000).toISOString(),
    ...more,
  };
}

const sizes = (entries: AuditEntry[]) => foldEntries(entries).map(({ length }) => length);

test("somebody's labels in one queue, minutes apart, are one group, and what stands between them parts it", () => {
  expect(sizes([label(1), label(2), label(9), label(19)])).toEqual([4]);
  const move = label(3, { action: "label.move", object: "triage@production" });
  expect(sizes([label(0), label(1), label(2), move, label(4), label(5), label(6)])).toEqual([3, 1, 3]);
});

test("another person, another queue and a longer pause begin a new group", () => {
  const byBen = [4, 5, 6].map((minutes) => label(minutes, { actor: "user:usr_2" }));
  expect(sizes([label(1), label(2), label(3), ...byBen])).toEqual([3, 3]);
  const elsewhere = [4, 5, 6].map((minutes) => label(minutes, { details: { queue: "facts" } }));
  expect(sizes([label(1), label(2), label(3), ...elsewhere])).toEqual([3, 3]);
  expect(sizes([label(1), label(2), label(3), label(14), label(15), label(16)])).toEqual([3, 3]);
});

test("two labels stay two lines, and nothing but labels is folded", () => {
  expect(sizes([label(1), label(2)])).toEqual([1, 1]);
  const moves = [1, 2, 3, 4].map((minutes) => label(minutes, { action: "label.move", object: "a@b" }));
  expect(sizes(moves)).toEqual([1, 1, 1, 1]);
});
