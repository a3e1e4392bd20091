import { describe, expect, test } from "vitest";
import { groupValues } from "../statistics/observation.ts";
import { tPoint } from "../statistics/student-t.ts";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { CaseIndex } from "./case-index.ts";
import { differencePValue } from "./difference-p-value.ts";
import { PairedRuns, passShare } from "./paired-runs.ts";
import { paretoView } from "./pareto-view.ts";
import { rankCases } from "./rank-cases.ts";
import { type ComparedRepeat, RunColumns } from "./run-columns.ts";

type Outcome = number | "not_scored" | "failed";

/** A run in which case n has the n-th outcome; it passes from 1 on. Undefined: the case was not run. */
function columnsOf(
  index: CaseIndex,
  outcomes: (Outcome | Outcome[] | undefined)[],
  { tags = [], passesMin }: { tags?: string[][]; passesMin?: number } = {},
) {
  const columns = new RunColumns(index, { capacity: outcomes.length, passesMin });
  outcomes.forEach((outcome, position) => {
    const repeats = outcome === undefined ? [] : [outcome].flat();
    repeats.forEach((each, repeat) => {
      const about = {
        caseKey: `case-${position}`,
        group: null,
        tags: tags[position] ?? [],
        position,
        repeat,
      };
      const result: ComparedRepeat =
        typeof each === "number"
          ? {
              ...about,
              outcome: { status: "scored", score: each, passed: each === 1 },
              metrics: [{ name: "m", score: each / 2 }],
            }
          : {
              ...about,
              outcome: { status: each },
              metrics: each === "failed" ? [] : [{ name: "m", score: null }],
            };
      columns.add(result);
    });
  });
  columns.close();
  return columns;
}

function pairOf(before: Outcome[], now: Outcome[], tags: string[][] = []) {
  const index = new CaseIndex();
  const baseline = columnsOf(index, before, { tags });
  return new PairedRuns(index, { baseline, run: columnsOf(index, now, { tags }) });
}

describe("a run against the baseline", () => {
  test("is compared on the cases that both have a score for, never with a zero for the others", () => {
    const pair = pairOf([1, 1, "failed", 0.5], [0.5, 1, 1, "not_scored"]);
    expect(pair.score()).toMatchObject({ pairs: 2, difference: { mean: -0.25 } });
    expect(pair.metric("m")).toMatchObject({ pairs: 2, difference: { mean: -0.125 } });
    expect(pair.passShare()).toMatchObject({ pairs: 2, difference: { mean: -0.5 } });
    expect(pair.flips()).toEqual({ losses: 1, gains: 0, unpaired: 2 });
  });

  test("has the interval of Student's t on the differences", () => {
    const before = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.1, 0.2];
    const now = before.map((score, at) => score + (at % 2 === 0 ? 0.1 : 0.2));
    const { difference } = pairOf(before, now).score();
    // Mean 0.15, s = 0.0527, t(9) = 2.2622: half the width is 0.0377; what was not seen widens it to -1 and 1.
    expect(difference.mean).toBeCloseTo(0.15, 12);
    expect(difference.lower).toBeLessThanOrEqual(0.15 - 0.0377);
    expect(difference.upper).toBeGreaterThanOrEqual(0.15 + 0.0377);
  });

  test("averages repeats first, and leaves a case out when one of them has no score", () => {
    const index = new CaseIndex();
    const baseline = columnsOf(index, [
      [1, 0],
      [1, 1],
    ]);
    const run = columnsOf(index, [
      [1, 1],
      [1, "failed"],
    ]);
    expect(new PairedRuns(index, { baseline, run }).score()).toMatchObject({
      pairs: 1,
      difference: { mean: 0.5 },
    });
    expect(run.state(1)).toBe("failed");
    expect(run.metric("m", 1)).toBeNull();
    expect(baseline.shown(0)).toEqual({ position: 0, repeat: 1 });
  });

  test("passes a case as its suite does: so many of its repeats", () => {
    const index = new CaseIndex();
    const [strict, lenient] = [columnsOf(index, [[1, 0]]), columnsOf(index, [[1, 0]], { passesMin: 1 })];
    expect([strict.passed(0), lenient.passed(0)]).toEqual([false, true]);
  });

  test("marks a tag that stands out among many and not one that is as the others are", () => {
    const count = 200;
    const tags = Array.from({ length: count }, (_, n) => [`tag-${n % 20}`]);
    const before = tags.map((_, n) => (n % 3) / 4);
    const now = before.map((score, n) => (n % 20 === 7 ? score + 0.4 : score + ((n % 7) - 3) / 100));
    const marked = pairOf(before, now, tags)
      .tags()
      .filter(({ isNotable }) => isNotable);
    expect(marked.map(({ tag }) => tag)).toEqual(["tag-7"]);
  });

  test("has a share of passes over the scored cases alone", () => {
    const index = new CaseIndex();
    const run = columnsOf(index, [1, 0, 1, 1, "failed", "not_scored"]);
    // Wilson for 3 of 4: 0.3006 to 0.9544 (Newcombe 1998's formula), widened to Clopper and Pearson's 5 % bounds.
    const { mean, lower, upper } = passShare(index, run);
    expect(mean).toBe(0.75);
    expect(lower).toBeCloseTo(0.2479, 4);
    expect(upper).toBeCloseTo(0.988, 2);
  });
});

describe("a case without a score", () => {
  test("has gained nothing when it passes now, and is lost when it passed before: unknown is not zero", () => {
    const index = new CaseIndex();
    const baseline = columnsOf(index, ["failed", "not_scored", 1]);
    const run = columnsOf(index, [1, 1, "failed"]);
    expect(new PairedRuns(index, { baseline, run }).flips()).toEqual({ losses: 1, gains: 0, unpaired: 3 });
    expect(rankCases(index, [baseline, run])).toEqual([
      { place: 2, change: "lost" },
      { place: 0, change: "unknown" },
      { place: 1, change: "unknown" },
    ]);
  });
});

describe("the order of the cases", () => {
  test("is lost, gained, then the greatest changes, then what cannot be told, then the rest", () => {
    const index = new CaseIndex();
    const baseline = columnsOf(index, [0.2, 1, 0, 0.5, "failed", 1, 0.3]);
    const run = columnsOf(index, [0.3, 1, 1, 0.9, 0.4, "failed", undefined]);
    const ranked = rankCases(index, [baseline, run]);
    expect(ranked.map(({ place, change }) => `${change} ${place}`)).toEqual([
      "lost 5",
      "gained 2",
      "changed 3",
      "changed 0",
      "unknown 4",
      "unknown 6",
      "same 1",
    ]);
  });

  test("goes by the greatest change among several runs", () => {
    const index = new CaseIndex();
    const baseline = columnsOf(index, [1, 1]);
    const runs = [baseline, columnsOf(index, [1, 1]), columnsOf(index, [1, 0])];
    expect(rankCases(index, runs)).toEqual([
      { place: 1, change: "lost" },
      { place: 0, change: "same" },
    ]);
  });
});

describe("the Pareto view", () => {
  const point = (mean: number, half: number, [costPerCaseMicros, latencyP95Ms]: (number | null)[]) => ({
    score: { mean, lower: mean - half, upper: mean + half },
    costPerCaseMicros: costPerCaseMicros ?? null,
    latencyP95Ms: latencyP95Ms ?? null,
  });

  test("says which runs another beats in everything, and whether chance could have done it", () => {
    const standings = paretoView([
      point(0.9, 0.02, [10, 100]),
      point(0.8, 0.02, [20, 200]),
      point(0.89, 0.02, [20, 200]),
      point(0.7, 0.02, [5, 300]),
    ]);
    expect(standings).toEqual([
      { dominated: "no", dominatedBy: [] },
      { dominated: "yes", dominatedBy: [0, 2] },
      { dominated: "maybe", dominatedBy: [0] },
      { dominated: "no", dominatedBy: [] },
    ]);
  });

  test("does not compare what is known of one and unknown of the other, and leaves out what is known of none", () => {
    const known = point(0.9, 0.01, [10, 100]);
    expect(paretoView([known, point(0.5, 0.01, [null, 200])])[1]?.dominated).toBe("no");
    expect(paretoView([point(0.9, 0.01, [null, 100]), point(0.5, 0.01, [null, 200])])[1]?.dominated).toBe(
      "yes",
    );
  });

  test("lets no point be dominated by its equal", () => {
    expect(
      paretoView([point(0.9, 0.01, [1, 1]), point(0.9, 0.01, [1, 1])]).map(({ dominated }) => dominated),
    ).toEqual(["no", "no"]);
  });
});

describe("findings among many", () => {
  test("are those of Benjamini and Hochberg's own example", () => {
    // Benjamini & Hochberg (1995), section 4.1: 15 p-values, of which the first four stand at 0.05.
    const pValues = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(benjaminiHochberg(pValues, 0.05).filter(Boolean)).toHaveLength(4);
    expect(benjaminiHochberg(pValues.toReversed(), 0.05).slice(-4)).toEqual([true, true, true, true]);
    expect(benjaminiHochberg([], 0.05)).toEqual([]);
  });

  test("have the p-value of Student's own sleep data, and a sign test's where nothing varies", () => {
    // Student (1908): differences of two drugs, t = 4.0621 on 9 degrees of freedom, p = 0.00283.
    const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4].map((value) => ({ value, group: null }));
    expect(differencePValue(sleep)).toBeCloseTo(0.00283, 5);
    const constant = Array.from({ length: 4 }, () => ({ value: 0.5, group: null }));
    expect(differencePValue(constant)).toBe(0.125);
    expect(differencePValue(constant.slice(1, 2))).toBe(1);
  });

  test("are 5 % just where the interval's t bound touches 0, however unequal the groups", () => {
    const values = [40, 3, 2, 2, 1, 1, 1].flatMap((size, group) =>
      Array.from({ length: size }, (_, at) => ({
        value: ((group * 7 + at * 3) % 11) / 10 - 0.5,
        group: `g${group}`,
      })),
    );
    const { mean, standardError, freedom, groupCount } = groupValues(values);
    expect(freedom).toBeLessThan(groupCount / 2);
    const shift = tPoint(freedom) * standardError! - mean;
    const touching = values.map(({ value, group }) => ({ value: value + shift, group }));
    expect(differencePValue(touching)).toBeCloseTo(0.05, 9);
  });
});
