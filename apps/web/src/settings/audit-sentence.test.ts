import type { AuditEntry } from "@assay/core";
import { expect, test } from "vitest";
import { placeOf, SAID_ACTIONS, sentenceOf } from "./audit-sentence.ts";
import english from "./messages.en.json" with { type: "json" };

function entry(action: string, object: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: "aud_1",
    actor: "user:usr_1",
    actorName: "Anna",
    action,
    object,
    objectName: null,
    details: {},
    requestId: null,
    createdAt: "2026-11-23T00:00:00.000Z",
    ...more,
  };
}

test("a move says from which version to which, and the first one only to which", () => {
  const moved = entry("label.move", "triage@production", { details: { from: 2, version: 3, kind: "gate" } });
  expect(sentenceOf(moved)).toMatchObject({
    key: "label_move",
    values: { name: "triage", rest: "production", from: 2, version: 3 },
  });
  expect(placeOf(moved)).toBe("/prompts/triage/history");
  const first = entry("label.move", "triage@production", { details: { from: null, version: 1 } });
  expect(sentenceOf(first).key).toBe("label_move_first");
  const over = entry("label.move", "triage@production", {
    details: { from: 1, version: 2, kind: "override" },
  });
  expect(sentenceOf(over).key).toBe("label_move_override");
});

test("a run and a key are called by the names that the server found, if it found any", () => {
  const run = entry("run.cancel", "run_1", { objectName: "triage@4" });
  expect(sentenceOf(run)).toMatchObject({ key: "run_cancel", values: { prompt: "triage", version: "4" } });
  expect(placeOf(run)).toBe("/evaluations/run_1");
  expect(sentenceOf(entry("key.revoke", "key_1", { objectName: "ci" })).values.objectName).toBe("ci");
  expect(sentenceOf(entry("key.revoke", "key_1")).key).toBe("key_revoke_unnamed");
});

test("what details say never takes the place of what the entry is about", () => {
  const sly = entry("prompt.create", "triage", { details: { name: "other", object: "x", action: "y" } });
  expect(sentenceOf(sly).values).toMatchObject({ name: "triage", object: "triage", action: "prompt.create" });
});

test("an action of another time is named as it is, and what is gone has no place", () => {
  expect(sentenceOf(entry("moon.landing", "x")).key).toBe("other");
  expect(placeOf(entry("moon.landing", "x"))).toBeUndefined();
  expect(placeOf(entry("connection.remove", "openai"))).toBeUndefined();
});

test("every sentence that can be asked for is written", () => {
  const said: Record<string, string> = english.audit.said;
  for (const action of SAID_ACTIONS) {
    for (const details of [{}, { from: 1 }, { kind: "override" }, { prompt: "p", version: 1 }]) {
      const { key } = sentenceOf(entry(action, "a@b", { details }));
      expect([action, said[key] !== undefined]).toEqual([action, true]);
    }
  }
});

test("who comes by an invitation joins, and is not let in by themselves", () => {
  const joined = entry("member.join", "usr_1", { objectName: "Anna", details: { role: "editor" } });
  expect(sentenceOf(joined).key).toBe("member_join_self");
  expect(sentenceOf({ ...joined, actor: "system" }).key).toBe("member_join");
});
