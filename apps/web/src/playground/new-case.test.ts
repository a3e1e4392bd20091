import { expect, test } from "vitest";
import { expectedIn, freshCaseKey, newCase } from "./new-case.ts";

const FIELDS = { key: " k1 ", expected: "", tags: "", group: "" };

test("a case holds what was asked and what was said of it, and nothing that was left empty", () => {
  const messages = [{ role: "user" as const, content: "Hi" }];
  expect(newCase({ variables: {}, messages }, FIELDS)).toEqual({ key: "k1", messages, tags: [] });
  expect(
    newCase(
      { variables: { name: "Ann" }, messages: [] },
      { key: "k2", expected: "Hello Ann", tags: "greeting, ,new,new", group: " g " },
    ),
  ).toEqual({
    key: "k2",
    variables: { name: "Ann" },
    expected: "Hello Ann",
    tags: ["greeting", "new"],
    group: "g",
  });
  // A case needs one of the two.
  expect(newCase({ variables: {}, messages: [] }, FIELDS)).toEqual({ key: "k1", variables: {}, tags: [] });
});

test.each([
  ["", undefined],
  [" \n", undefined],
  ["yes", "yes"],
  ["42", "42"],
  ['{"a": 1}', { a: 1 }],
  ["[1, 2]", [1, 2]],
  ["{not json", "{not json"],
])("%j is expected as %j", (text, expected) => {
  expect(expectedIn(text)).toEqual(expected);
});

test("keys made at different times or by different people differ", () => {
  expect(freshCaseKey(new Date("2026-11-23T01:02:03Z"), "k3f9")).toBe("playground-20261123-0102-k3f9");
});
