import { expect, test } from "vitest";
import { type RunChoice, runDraftOf } from "./run-draft-of.ts";

const choice: RunChoice = {
  suite: "triage",
  version: "",
  cases: "all",
  tags: [],
  sample: "50",
  failingIn: "",
  budget: "",
  asksAnew: false,
  stopsEarly: false,
};

test("a version is named by its number or its label, the newest by neither", () => {
  expect(runDraftOf(choice)).toEqual({ suite: "triage" });
  expect(runDraftOf({ ...choice, version: "12" })).toEqual({ suite: "triage", version: 12 });
  expect(runDraftOf({ ...choice, version: "staging" })).toEqual({ suite: "triage", label: "staging" });
});

test("a part of the cases is a selection, and never stops early", () => {
  const tagged = runDraftOf({ ...choice, cases: "tags", tags: ["critical"], stopsEarly: true });
  expect(tagged).toEqual({ suite: "triage", selection: { tags: ["critical"] } });
  expect(runDraftOf({ ...choice, cases: "sample" })?.selection).toEqual({ sample: { cases: 50, seed: 0 } });
  expect(runDraftOf({ ...choice, stopsEarly: true })?.stopEarly).toBe(true);
});

test("money is typed in whole units, with either decimal sign", () => {
  expect(runDraftOf({ ...choice, budget: "0,25" })?.budgetMicros).toBe(250_000);
  expect(runDraftOf({ ...choice, budget: "1.5" })?.budgetMicros).toBe(1_500_000);
});

test("there is no draft while something is missing", () => {
  for (const change of [
    { suite: "" },
    { cases: "tags" as const },
    { cases: "sample" as const, sample: "0" },
    { cases: "failing" as const },
    { budget: "much" },
  ]) {
    expect(runDraftOf({ ...choice, ...change })).toBeUndefined();
  }
});
