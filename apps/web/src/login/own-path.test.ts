import { expect, test } from "vitest";
import { ownPath } from "./own-path.ts";

test.each(["/", "/t/airline/prompts?tab=use&case=a%20b#top", "/t/ł", "/a//b", "/@evil.test", "/./x"])(
  "%s is a path of this server",
  (path) => {
    expect(ownPath(path)).toBe(path);
  },
);

test.each([
  "//evil.test",
  "/\\evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  "/\r\\evil.test",
  "\t//evil.test",
  "/a\u0000",
  "/a\u007f",
  "/a\\..\\\\evil.test",
  " //evil.test",
  "https://evil.test/",
  "javascript:alert(1)",
  "t/airline",
  "",
  7,
  undefined,
])("%j is none", (path) => {
  expect(ownPath(path)).toBeUndefined();
});
