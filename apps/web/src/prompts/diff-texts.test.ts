import { expect, test } from "vitest";
import { memberDiffs, textLines } from "./diff-texts.ts";

test("messages and partials are one text, each under its role or name", () => {
  const content = {
    messages: [
      { role: "system", content: "a\nb" },
      { placeholder: "history", max: 3 },
    ],
    partials: { z: "last", c: "first" },
  };
  expect(textLines(content)).toEqual([
    "[system]",
    "a",
    "b",
    "[history 3]",
    "[partial c]",
    "first",
    "[partial z]",
    "last",
  ]);
  expect(textLines({})).toEqual([]);
});

test("only members that differ are shown, whatever the order of their keys", () => {
  const before = { messages: [1], model: "a", sampling: { temperature: 0, seed: 1 }, adapter: "x@1" };
  const after = {
    messages: [2],
    model: "a",
    sampling: { seed: 1, temperature: 0 },
    variables: { type: "object" },
  };
  expect(memberDiffs(before, after)).toEqual([
    { member: "adapter", before: ["x@1"], after: [] },
    { member: "variables", before: [], after: ["{", '  "type": "object"', "}"] },
  ]);
});
