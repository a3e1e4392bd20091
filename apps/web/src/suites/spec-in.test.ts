import { expect, test } from "vitest";
import { specIn } from "./spec-in.ts";

const least = { prompt: "p", dataset: "d", scorers: [{ type: "is-json" }] };

test("what a suite leaves out has its defaults", () => {
  expect(specIn(JSON.stringify({ ...least, gate: {} }))).toEqual({
    prompt: "p",
    dataset: "d",
    repeats: 1,
    passScore: 1,
    scorers: [{ type: "is-json", weight: 1, options: {} }],
    gate: { label: "production", minCases: 30, maxErrors: 0, noFlips: [] },
  });
});

test.each([
  "{",
  "[]",
  "null",
  '"text"',
  JSON.stringify({ ...least, scorers: [1] }),
  JSON.stringify({ prompt: "p" }),
])("%s is no suite", (text) => {
  expect(specIn(text)).toBeUndefined();
});
