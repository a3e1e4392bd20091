import { expect, test } from "vitest";
import { standsOut } from "./stands-out.ts";

const WHOLE = { mean: 0.295, lower: 0.246, upper: 0.345 };
const between = (lower: number | null, upper: number | null) => ({ mean: 0.3, lower, upper });

test("a part stands out where its interval is wholly above or below the whole's", () => {
  expect(standsOut(between(0.4, 0.7), WHOLE)).toBe("above");
  expect(standsOut(between(-0.1, 0.2), WHOLE)).toBe("below");
});

test("a part that got better as the whole did does not stand out, however sure that is", () => {
  expect(standsOut(between(0.2, 0.5), WHOLE)).toBeNull();
  expect(standsOut(between(0.345, 0.6), WHOLE)).toBeNull();
});

test("what has no interval does not stand out", () => {
  expect(standsOut(undefined, WHOLE)).toBeNull();
  expect(standsOut(between(null, null), WHOLE)).toBeNull();
  expect(standsOut(between(0.4, 0.7), between(null, null))).toBeNull();
});
