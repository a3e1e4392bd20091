import { expect, test } from "vitest";
import { LIMITS } from "./limits.ts";
import { PlaygroundOutput } from "./playground.ts";

function seen(output: string, text = "short") {
  return PlaygroundOutput.safeParse({ suite: "plain", case: { key: "c", variables: { text } }, output });
}

test("what is scored for a look is as long as a case may be, in bytes", () => {
  const max = LIMITS.caseBytesMax;
  expect(seen("x".repeat(max)).success).toBe(true);
  expect(seen("x".repeat(max + 1)).error?.issues).toMatchObject([
    { path: ["output"], message: expect.stringContaining("score a longer one in a run") },
  ]);
  expect(seen("ż".repeat(max / 2 + 1)).success).toBe(false);
  expect(seen("x", "ż".repeat(max / 2)).error?.issues).toMatchObject([{ path: ["case"] }]);
});
