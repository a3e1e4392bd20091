import type { KeptDraft } from "@assay/core";
import { expect, test } from "vitest";
import { type LocalDraft, reconcileDrafts } from "./reconcile-drafts.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
const local = (rest: Partial<LocalDraft> = {}): LocalDraft => ({
  baseVersion: 1,
  body: "browser's",
  revision: null,
  isSynced: false,
  savedAt: at(1),
  ...rest,
});
const server = (rest: Partial<KeptDraft> = {}): KeptDraft => ({
  baseVersion: 1,
  body: "server's",
  revision: 3,
  updatedAt: at(2),
  ...rest,
});
const bodies = (choice: ReturnType<typeof reconcileDrafts>) => [
  choice.start?.body ?? null,
  choice.other?.body ?? null,
];

test("without any draft one goes on from the newest version", () => {
  expect(reconcileDrafts(null, null)).toEqual({ start: null, other: null });
});

test("a draft of the server alone comes from another machine", () => {
  expect(bodies(reconcileDrafts(null, server()))).toEqual(["server's", null]);
});

test("what never reached the server is there again after a crash", () => {
  expect(bodies(reconcileDrafts(local(), null))).toEqual(["browser's", null]);
});

test("what was typed after the server last had it goes on from there", () => {
  expect(bodies(reconcileDrafts(local({ revision: 3 }), server()))).toEqual(["browser's", null]);
});

test("what the server has whole is taken from there, also when it went on since", () => {
  expect(bodies(reconcileDrafts(local({ revision: 2, isSynced: true }), server()))).toEqual([
    "server's",
    null,
  ]);
});

test("of two that parted the newer wins and the other is offered", () => {
  expect(bodies(reconcileDrafts(local({ revision: 2 }), server()))).toEqual(["server's", "browser's"]);
  expect(bodies(reconcileDrafts(local({ revision: 2, savedAt: at(3) }), server()))).toEqual([
    "browser's",
    "server's",
  ]);
  expect(bodies(reconcileDrafts(local({ savedAt: at(3) }), server()))).toEqual(["browser's", "server's"]);
});

test("a draft that became a version or was discarded elsewhere does not come back", () => {
  expect(bodies(reconcileDrafts(local({ revision: 2, isSynced: true }), null))).toEqual([null, null]);
});

test("what was typed after that stays", () => {
  expect(bodies(reconcileDrafts(local({ revision: 2 }), null))).toEqual(["browser's", null]);
});

test("an answer that is older than what the browser has sent since does not bring the older text back", () => {
  expect(bodies(reconcileDrafts(local({ revision: 4, isSynced: true }), server()))).toEqual([
    "browser's",
    null,
  ]);
});
