import { expect, test } from "vitest";
import { kappaWord } from "./kappa-words.ts";

test.each([
  [null, "unknown"],
  [-0.3, "none"],
  [0.19, "none"],
  [0.2, "slight"],
  [0.59, "fair"],
  [0.6, "good"],
  [0.8, "strong"],
] as const)("a lower bound of %s is %s", (lower, word) => {
  expect(kappaWord({ lower })).toBe(word);
});
