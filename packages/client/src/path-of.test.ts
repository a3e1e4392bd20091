import { expect, test } from "vitest";
import { ClientError } from "./client-error.ts";
import { pathOf } from "./path-of.ts";
import type { NamedRoute } from "./route-entry.ts";

const ROUTE: NamedRoute = {
  name: "getPromptVersion",
  method: "GET",
  path: "/api/prompts/{prompt}/versions/{version}",
  answer: [],
};

function refusalOf(params: Record<string, unknown>): unknown {
  try {
    return pathOf(ROUTE, params);
  } catch (error) {
    return error instanceof ClientError ? [error.code, error.message.split(":")[0]] : error;
  }
}

test.each([
  ["nothing", ""],
  ["this folder", "."],
  ["the folder above", ".."],
  ["dots alone", "..."],
  ["a slash", "a/b"],
  ["a backslash", "..\\a"],
  ["an encoded slash", "..%2fa"],
  ["a line break", "a\n"],
  ["a control character", "a\u007f"],
  ["half a character, which cannot be encoded", "a\ud800"],
  ["a text longer than any name", "a".repeat(1_025)],
])("refuses %s as a path parameter", (_, prompt) => {
  expect(refusalOf({ prompt, version: 1 })).toEqual(["invalid_input", "prompt"]);
});

test.each([[undefined], [null], [Number.NaN], [{}], [["1"]], [true]])(
  "refuses %s where a text or a number belongs",
  (version) => {
    expect(refusalOf({ prompt: "triage", version })).toEqual(["invalid_input", "version"]);
  },
);

test("keeps every other value in its segment", () => {
  expect(pathOf(ROUTE, { prompt: "a.b", version: 2 })).toBe("/api/prompts/a.b/versions/2");
  const path = pathOf(ROUTE, { prompt: "a?b#c d;e&ü😀{version}", version: 2 });
  const { pathname, search, hash } = new URL(path, "http://assay.test");
  expect([pathname, search, hash]).toEqual([path, "", ""]);
  expect(pathname.split("/")).toHaveLength(6);
});
