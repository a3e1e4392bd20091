import type { RunResult } from "@assay/core";
import { expect, it } from "vitest";
import { aResult } from "../testing/sample-report.ts";
import { findFlips } from "./find-flips.ts";

type Outcome = "pass" | "fail" | "gap" | "error";

function results(caseKey: string, ...repeats: Outcome[]): RunResult[] {
  return repeats.map((outcome, repeat) => ({ ...aResult(caseKey, outcomeOf(outcome)), repeat }));
}

function outcomeOf(outcome: Outcome): RunResult["outcome"] {
  if (outcome === "error") return { status: "failed", failure: { code: "timeout", message: "too slow" } };
  if (outcome === "gap") return { status: "not_scored", reason: "no expectation", metrics: [], output: "" };
  return {
    status: "scored",
    score: outcome === "pass" ? 1 : 0,
    passed: outcome === "pass",
    metrics: [],
    output: "",
  };
}

it("finds what broke, what was lost and what was mended, the worst first", () => {
  const before = [
    ...results("same", "pass"),
    ...results("mended", "fail"),
    ...results("lost", "pass"),
    ...results("broken", "pass"),
    ...results("unknown", "error"),
  ];
  const after = [
    ...results("same", "pass"),
    ...results("mended", "pass"),
    ...results("lost", "gap"),
    ...results("broken", "fail"),
    ...results("unknown", "pass"),
    ...results("new", "pass"),
  ];
  expect(
    findFlips({ before, after }, undefined).map(({ caseKey, change }) => `${caseKey}: ${change}`),
  ).toEqual(["broken: broken", "lost: lost", "mended: mended"]);
});

it("judges a case by its repeats, all of them or as many as the suite asks for", () => {
  const before = results("a", "pass", "pass", "pass");
  const after = results("a", "pass", "fail", "pass");
  expect(findFlips({ before, after }, undefined)).toMatchObject([{ change: "broken", after: { repeat: 1 } }]);
  expect(findFlips({ before, after }, 2)).toEqual([]);
});
