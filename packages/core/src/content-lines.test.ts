import { expect, test } from "vitest";
import { contentLines } from "./content-lines.ts";

test("messages and partials are one text, each under its role or name", () => {
  const lines = contentLines({
    messages: [
      { role: "system", content: "a\nb" },
      { placeholder: "history", max: 3 },
      { placeholder: "history" },
    ],
    partials: { z: "last", c: "first" },
  });
  expect(lines).toEqual([
    "[system]",
    "a",
    "b",
    "[history, newest 3]",
    "[history]",
    "[partial c]",
    "first",
    "[partial z]",
    "last",
  ]);
  expect(contentLines({})).toEqual([]);
});
