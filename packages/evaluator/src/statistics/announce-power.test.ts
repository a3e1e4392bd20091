import { GatePolicy } from "@assay/core";
import { expect, test } from "vitest";
import type { CaseScores } from "../case-tallies.ts";
import { announcePower } from "./announce-power.ts";

const earlier = (count: number, passing: number): CaseScores[] =>
  Array.from({ length: count }, (_, index) => ({
    caseKey: `k${index}`,
    group: null,
    tags: [],
    score: index < passing ? 1 : 0,
    passed: index < passing,
    passes: index < passing ? 1 : 0,
    repeats: 1,
    failed: 0,
    notScored: 0,
    metrics: {},
    latenciesMs: [],
    costMicros: null,
  }));

const announce = (policy: object, cases: number) =>
  announcePower({ policy: GatePolicy.parse(policy), cases, groups: cases, earlier: earlier(400, 320) });

test("the detectable difference is the textbook's", () => {
  // (1.95996 + 0.84162) · sqrt(0.16 · 400/399 / 100).
  expect(announce({ maxRegression: 0.1 }, 100).detectableDifference).toBeCloseTo(0.1122, 4);
});

test("the chance to pass grows with cases and with what is allowed", () => {
  const chance = (margin: number, cases: number) =>
    announce({ maxRegression: margin }, cases).passChanceWhenEqual!;
  expect(chance(0.1, 200)).toBeGreaterThan(chance(0.1, 100));
  expect(chance(0.1, 100)).toBeGreaterThan(chance(0.05, 100));
  expect(announce({ minImprovement: 0 }, 500).passChanceWhenEqual).toBeLessThan(0.05);
});

test("a chance that is too small comes with the cases that would do", () => {
  const short = announce({ maxRegression: 0.05 }, 100);
  expect(short.note).toMatch(/about [56]\d\d cases would make it 80 %/);
  expect(short.note).toContain(`about ${short.casesNeeded} cases`);
  expect(announce({ maxRegression: 0.2 }, 400).casesNeeded).toBeNull();
  expect(announce({ minImprovement: 0.01 }, 400).casesNeeded).toBeNull();
  expect(announce({ maxRegression: 0.2 }, 400).note).not.toContain("would make it");
});

test("the cases that would do are more than those that fall short, and give that chance", () => {
  for (const cases of [300, 480, 500]) {
    const { casesNeeded, passChanceWhenEqual } = announce({ maxRegression: 0.05 }, cases);
    if (casesNeeded === null) {
      expect(passChanceWhenEqual).toBeGreaterThanOrEqual(0.8);
      continue;
    }
    expect(casesNeeded).toBeGreaterThan(cases);
    expect(announce({ maxRegression: 0.05 }, casesNeeded).passChanceWhenEqual).toBeGreaterThan(0.79);
  }
});

test("scores that are all the same do not show how small a change can be recognised", () => {
  const policy = GatePolicy.parse({ maxRegression: 0.1 });
  const power = announcePower({ policy, cases: 100, groups: 100, earlier: earlier(100, 100) });
  expect(power.detectableDifference).toBeNull();
});

test("nothing is announced where nothing was measured", () => {
  const planned = { policy: GatePolicy.parse({ maxRegression: 0.1 }), cases: 100, groups: 100 };
  for (const nothing of [null, earlier(1, 1)]) {
    expect(announcePower({ ...planned, earlier: nothing })).toMatchObject({
      detectableDifference: null,
      passChanceWhenEqual: null,
    });
  }
});
