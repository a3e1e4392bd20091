import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { meanInterval } from "./mean-interval.ts";
import { groupValues, type Observation } from "./observation.ts";
import { pairedDifference } from "./paired-difference.ts";
import { percentile } from "./percentile.ts";
import { tPoint } from "./student-t.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const alone = (values: number[]): Observation[] => values.map((value) => ({ value, group: null }));
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** A small generator with a fixed seed (mulberry32), so that simulations are the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("Wilson's interval", () => {
  test.each([
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    { successes: 81, count: 263, lower: 0.2553, upper: 0.3662 },
    { successes: 15, count: 148, lower: 0.0624, upper: 0.1605 },
    { successes: 0, count: 20, lower: 0, upper: 0.1611 },
    { successes: 1, count: 29, lower: 0.0061, upper: 0.1718 },
  ])("is the published one for $successes of $count", ({ successes, count, lower, upper }) => {
    const bounds = wilsonInterval(successes / count, count);
    expect(bounds.lower).toBeCloseTo(lower, 4);
    expect(bounds.upper).toBeCloseTo(upper, 4);
  });
});

describe("Student's t", () => {
  test.each([
    [1, 12.706],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ])("has the tabulated point for %i degrees of freedom", (degrees, point) => {
    expect(tPoint(degrees)).toBeCloseTo(point, 3);
  });

  test("gives Student's own interval for the sleep data of 1908", () => {
    const { mean, standardError } = groupValues(alone([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]));
    const half = tPoint(9) * standardError!;
    expect([mean - half, mean + half].map((bound) => bound.toFixed(4))).toEqual(["0.7001", "2.4599"]);
  });
});

describe("the standard error", () => {
  test("sums deviations within groups before squaring", () => {
    const values = [1, 1, 0, 0, 1, 0];
    const groups = ["a", "a", "b", "b", "c", "c"];
    const { standardError, groupCount } = groupValues(
      values.map((value, index) => ({ value, group: groups[index]! })),
    );
    // Group sums of deviations 1, −1, 0: sqrt(3/2 · 2) / 6.
    expect(standardError).toBeCloseTo(Math.sqrt(3) / 6, 12);
    expect(groupCount).toBe(3);
  });

  test("is the plain one when every case is a group of its own", () => {
    const values = [0.1, 0.5, 0.9, 0.3];
    const named = values.map((value, index) => ({ value, group: `g${index}` }));
    expect(groupValues(named).standardError).toBeCloseTo(Math.sqrt(0.35 / 12), 12);
    expect(groupValues(alone(values)).standardError).toBeCloseTo(Math.sqrt(0.35 / 12), 12);
  });
});

describe("the interval of a mean", () => {
  test("has no bounds for one case, nor for many of one group, and nothing at all for none", () => {
    expect(meanInterval([])).toEqual({ mean: null, lower: null, upper: null });
    expect(meanInterval(alone([0.4]))).toEqual({ mean: 0.4, lower: null, upper: null });
    expect(meanInterval(repeat(9, { value: 1, group: "g" }))).toEqual({ mean: 1, lower: null, upper: null });
  });

  test("of passes and failures is Wilson's", () => {
    const scores = alone([...repeat(81, 1), ...repeat(182, 0)]);
    expect(meanInterval(scores)).toEqual({ mean: 81 / 263, ...wilsonInterval(81 / 263, 263) });
  });

  test("of cases that all passed does not claim certainty", () => {
    // Lower bound n / (n + z²).
    expect(meanInterval(alone(repeat(100, 1))).lower).toBeCloseTo(100 / 103.8415, 4);
    expect(meanInterval(alone(repeat(100, 1))).upper).toBe(1);
  });

  test("of equal scores between 0 and 1 does not claim certainty either", () => {
    const { mean, lower, upper } = meanInterval(alone(repeat(50, 0.6)));
    expect(mean).toBeCloseTo(0.6, 12);
    expect(lower).toBeCloseTo(0.6 * (50 / 53.8415), 4);
    expect(upper).toBeCloseTo(0.6 + 0.4 * (3.8415 / 53.8415), 4);
  });

  test("counts each group once when all cases of all groups agree", () => {
    const scores = Array.from({ length: 100 }, (_, index) => ({ value: 1, group: `g${index % 10}` }));
    expect(meanInterval(scores).lower).toBeCloseTo(wilsonInterval(1, 10).lower, 12);
  });

  test("allows for an unseen group as large as the largest when groups of several sizes all agree", () => {
    const scores = [...alone(repeat(19, 1)), ...repeat(10, { value: 1, group: "large" })];
    const { lower } = meanInterval(scores);
    // Gaffke's bound at 5 % with an unseen group of 10 zeros, exactly: Π_g 1 / (1 + n_g (1 − t) / (10 t)) = 0.05 at
    // t = 0.44940 for 19 groups of 1 and one of 10. With one of the mean size, 29/20, it would be Wilson's 0.8389.
    expect(lower).toBeLessThanOrEqual(0.4494 + 1e-4);
    expect(lower).toBeGreaterThan(0.4494 - 0.01);
  });

  test("never gets a better lower bound from one worse case", () => {
    const perfect = meanInterval(alone(repeat(200, 1)));
    for (const worse of [0.99, 0.9, 0.5, 0]) {
      expect(meanInterval(alone([...repeat(199, 1), worse])).lower).toBeLessThan(perfect.lower!);
    }
  });

  test("stays within 0..1, holds its mean, and does not depend on the order of cases", () => {
    const observation = fc.record({
      value: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      group: fc.option(fc.constantFrom("a", "b", "c")),
    });
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 40 }), (observations) => {
        const { mean, lower, upper } = meanInterval(observations);
        const reversed = meanInterval(observations.toReversed());
        expect(reversed.mean).toBeCloseTo(mean!, 9);
        if (lower === null || upper === null) return;
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        expect(lower).toBeLessThanOrEqual(mean! + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(mean! - 1e-12);
        expect(reversed.lower).toBeCloseTo(lower, 9);
      }),
    );
  });

  test("covers the truth about 95 times of 100 where cases of a group resemble each other", () => {
    const random = seededRandom(7);
    const runs = 1_000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const scores = Array.from({ length: 30 }, (_, group) => {
        // Half of each case's chance is its group's: the truth is 0.7.
        const easy = random() < 0.7 ? 1 : 0;
        return Array.from({ length: 10 }, () => ({
          value: random() < 0.35 + 0.5 * easy ? 1 : 0,
          group: `g${group}`,
        }));
      }).flat();
      const { lower, upper } = meanInterval(scores);
      if (lower! <= 0.7 && 0.7 <= upper!) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.985);
  });
});

describe("the paired difference", () => {
  const scores = (values: Record<string, number>) =>
    Object.entries(values).map(([caseKey, score]) => ({ caseKey, score, group: null }));

  test("compares the same cases and says how many had no partner", () => {
    const paired = pairedDifference(scores({ a: 1, b: 0.5, c: 0 }), scores({ b: 0.25, a: 0.5, d: 1 }));
    expect(paired.pairs).toBe(2);
    expect(paired.unpaired).toBe(2);
    expect(paired.difference.mean).toBeCloseTo(0.375, 12);
  });

  test("is narrower than two separate intervals when both sides find the same cases hard", () => {
    const random = seededRandom(3);
    const hardness = Array.from({ length: 200 }, () => random());
    const of = (shift: number) =>
      scores(
        Object.fromEntries(hardness.map((h, i) => [`k${i}`, Math.min(1, h * 0.9 + shift + random() * 0.02)])),
      );
    const candidate = of(0.05);
    const { lower, upper } = pairedDifference(candidate, of(0)).difference;
    const single = meanInterval(candidate.map(({ score }) => ({ value: score, group: null })));
    expect(upper! - lower!).toBeLessThan(single.upper! - single.lower!);
    expect(lower!).toBeGreaterThan(0);
  });

  test("of a version with itself is 0, with bounds that shrink as cases are added", () => {
    const same = (count: number) => {
      const cases = Array.from({ length: count }, (_, index) => ({
        caseKey: `${index}`,
        score: 0.5,
        group: null,
      }));
      return pairedDifference(cases, cases).difference;
    };
    expect(same(100).mean).toBe(0);
    expect(same(100).lower).toBeCloseTo(-0.037, 3);
    expect(same(1_000).lower).toBeCloseTo(-0.0038, 4);
  });
});

describe("a percentile", () => {
  test("is a measured value: the smallest that the share does not exceed", () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(percentile(values, 0.5)).toBe(10);
    expect(percentile(values, 0.95)).toBe(19);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.5)).toBeNull();
  });
});
