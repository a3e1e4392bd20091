import type { Promotion, VerdictClause } from "@assay/core";
import { expect, test } from "vitest";
import { stepsOf } from "./steps-of.ts";

const promotion = {
  prompt: "triage",
  version: 5,
  gate: { suite: "checks", dataset: "tickets" },
  evidence: { runId: "run_b" },
  incumbent: { version: 3, runId: "run_a" },
  secondIncumbent: null,
} as unknown as Promotion;

const clause = (more: Partial<VerdictClause>): VerdictClause => ({
  clause: "minScore",
  outcome: "fail",
  value: 0.5,
  bound: 0.9,
  message: "",
  interval: { mean: 0.5, lower: 0.4, upper: 0.6 },
  ...more,
});

const textsOf = (one: VerdictClause, of = promotion) => stepsOf(one, of).map(({ text }) => text);

test("a score that is too low leads to the cases that did not pass, and to the editor", () => {
  expect(textsOf(clause({}))).toEqual(["notPassed", "edit"]);
});

test("a clause that more cases would decide leads to the dataset too", () => {
  expect(textsOf(clause({ outcome: "inconclusive", needed: 400 }))).toContain("addCases");
});

test("what got worse is seen in the comparison with the version in use", () => {
  const [step] = stepsOf(clause({ clause: "noFlips", interval: undefined }), promotion);
  expect(step).toMatchObject({ text: "whatGotWorse", search: { runs: "run_a,run_b", change: "lost" } });
});

test("where the version in use was never measured, measuring it comes first", () => {
  const unmeasured = { ...promotion, incumbent: { version: 3, runId: null } };
  const { interval: _, ...missing } = clause({ clause: "maxRegression", outcome: "inconclusive" });
  expect(stepsOf(missing, unmeasured)).toMatchObject([{ text: "measureIncumbent", search: { version: 3 } }]);
});

test("a clause that is met asks for nothing, a suspended one for labels", () => {
  expect(textsOf(clause({ outcome: "pass" }))).toEqual([]);
  expect(textsOf(clause({ outcome: "suspended" }))).toEqual(["judges"]);
});

test("after a rollback each clause leads to the comparison with its own version", () => {
  const rolledBack: Promotion = { ...promotion, secondIncumbent: { version: 4, runId: "run_c" } };
  for (const [incumbentVersion, runs] of [
    [3, "run_a,run_b"],
    [4, "run_c,run_b"],
  ] as const) {
    const [step] = stepsOf(clause({ clause: "maxRegression", incumbentVersion }), rolledBack);
    expect(step).toMatchObject({ text: "whatGotWorse", search: { runs }, version: incumbentVersion });
  }
});
