import type { Run } from "@assay/core";
import { expect, test } from "vitest";
import { followUpsOf } from "./follow-ups-of.ts";

const run = {
  id: "run_1",
  suite: "triage",
  suiteVersion: 2,
  datasetVersion: 3,
  prompt: "triage",
  promptVersion: 4,
  status: "completed",
  selection: null,
  stoppedEarly: false,
  progress: { done: 10, total: 10 },
  summary: { cases: 10, passed: 10, failed: 0, notScored: 0 },
} as unknown as Run;
const same = { suite: "triage", suiteVersion: 2, datasetVersion: 3, version: 4 };
const names = (changes: Partial<Run>) => followUpsOf({ ...run, ...changes }).map(({ name }) => name);

test("nothing follows from a run that goes on", () => {
  expect(names({ status: "running" })).toEqual([]);
});

test("errors are retried by the very same run, which uses again what was answered", () => {
  const summary = { ...run.summary, passed: 8, failed: 1, notScored: 1 } as Run["summary"];
  expect(followUpsOf({ ...run, summary })[0]).toEqual({ name: "retryErrors", draft: same });
  expect(names({ summary })).toEqual(["retryErrors", "onlyNotPassed", "scoreAgain"]);
});

test("what stopped early or was cancelled can be run to its end, and only what ended whole is scored again", () => {
  const [rest] = followUpsOf({ ...run, stoppedEarly: true });
  expect(rest).toEqual({ name: "runTheRest", draft: { ...same, stopEarly: false } });
  expect(names({ status: "cancelled", summary: null, progress: { done: 4, total: 10 } })).toEqual([
    "runTheRest",
  ]);
  expect(names({})).toEqual(["scoreAgain", "again"]);
});
