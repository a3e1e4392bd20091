import { expect, test } from "vitest";
import { isWebhookPath } from "./is-webhook-path.ts";

test.each(["/", "/score", "/v1/score-it/", "/a.b/c_d/~e", `/${"a".repeat(1_000)}`])(
  "%s is a path below an address",
  (path) => expect(isWebhookPath(path)).toBe(true),
);

test.each([
  ...[
    "//evil.example",
    "/../x",
    "/a/../b",
    "/.env",
    "/a//b",
    "/a?x=1",
    "/a#b",
    "/a\\b",
    "/%2e%2e/x",
    "/a b",
    "/ä",
  ],
  ...["", "//", "score", "http://evil.example/", "@evil.example", "/a\n", "/a:b"],
])("%s is none", (path) => expect(isWebhookPath(path)).toBe(false));

test("a path made to hurt is refused, and the refusal ends", () => {
  // With pieces that may follow each other without a slash this takes longer than the universe is old.
  expect(isWebhookPath(`/${"a".repeat(1_000)}!`)).toBe(false);
  expect(isWebhookPath(`${"/a".repeat(500)}!`)).toBe(false);
});
