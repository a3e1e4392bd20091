import { expect, test } from "vitest";
import { standingOf } from "./standing-of.ts";

type Measured = Parameters<typeof standingOf>[0];

const base: Measured = { deltas: null, dominated: "no", costPerCaseMicros: 10, latencyP95Ms: 100 };

function run(lower: number, upper: number, more: Partial<Measured> = {}): Measured {
  const deltas = { score: { difference: { mean: (lower + upper) / 2, lower, upper } } };
  return { ...base, deltas: deltas as NonNullable<Measured["deltas"]>, ...more };
}

test("a run that is surely worse is not called unbeaten, but by what it has to offer", () => {
  expect(standingOf(run(-0.3, -0.1, { costPerCaseMicros: 5 }), base).word).toBe("cheaperButWorse");
  expect(standingOf(run(-0.3, -0.1, { latencyP95Ms: 50 }), base).word).toBe("fasterButWorse");
  expect(standingOf(run(-0.3, -0.1), base)).toEqual({ word: "worse", tone: "bad" });
  expect(standingOf(run(-0.3, -0.1, { costPerCaseMicros: null, latencyP95Ms: null }), base).word).toBe(
    "worse",
  );
  expect(standingOf(run(-0.3, -0.1, { dominated: "yes", costPerCaseMicros: 5 }), base).word).toBe("yes");
});

test("what may be chance, is better, or is the base stands as it was found", () => {
  expect(standingOf(base, base)).toEqual({ word: "no", tone: "good" });
  expect(standingOf(run(-0.3, 0.1, { dominated: "maybe" }), base)).toEqual({ word: "maybe", tone: "warn" });
  expect(standingOf(run(0.1, 0.3), base).word).toBe("no");
});
