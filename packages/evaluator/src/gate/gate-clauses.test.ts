import { GatePolicy, Verdict } from "@assay/core";
import { describe, expect, test } from "vitest";
import type { CaseScores } from "../case-tallies.ts";
import { decideGate } from "../decide-gate.ts";
import { cohenKappa } from "../statistics/cohen-kappa.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import type { GateInput, JudgeStanding } from "./gate-input.ts";

/** Passing cases and then failing ones, each with what `more` says of its place. */
const cases = (
  count: number,
  passing: number,
  more: (index: number) => Partial<CaseScores> = () => ({}),
): CaseScores[] =>
  Array.from({ length: count }, (_, index) => ({
    caseKey: `k${index}`,
    group: null,
    tags: ["all"],
    score: index < passing ? 1 : 0,
    passed: index < passing,
    passes: index < passing ? 1 : 0,
    repeats: 1,
    failed: 0,
    notScored: 0,
    metrics: {},
    latenciesMs: [100],
    costMicros: 10,
    ...more(index),
  }));

function decide(policy: object, input: Partial<Omit<GateInput, "policy">>): Verdict {
  const nothing = { candidate: [], incumbent: null, incumbentVersion: null, judges: [] };
  return Verdict.parse(decideGate({ ...nothing, ...input, policy: GatePolicy.parse(policy) }));
}

const clause = (verdict: Verdict, name: string, metric?: string) =>
  verdict.clauses.find((found) => found.clause === name && found.metric === metric)!;

describe("minImprovement", () => {
  const incumbent = cases(400, 320);

  test.each([
    { passing: 360, outcome: "pass" },
    { passing: 320, outcome: "inconclusive" },
    { passing: 250, outcome: "fail" },
  ])("of 0 is $outcome with $passing where the incumbent passes 320 of 400", ({ passing, outcome }) => {
    const verdict = decide(
      { minImprovement: 0 },
      { candidate: cases(400, passing), incumbent, incumbentVersion: 1 },
    );
    expect(clause(verdict, "minImprovement")).toMatchObject({ outcome, bound: 0 });
  });

  test("says how many cases would do where the change is in the right direction", () => {
    const candidate = cases(400, 322);
    const { message } = clause(
      decide({ minImprovement: 0 }, { candidate, incumbent, incumbentVersion: 1 }),
      "minImprovement",
    );
    expect(message).toMatch(/About \d+ cases like these would do/);
  });

  test("says that more cases will not help where it is not", () => {
    const { message } = clause(
      decide({ minImprovement: 0 }, { candidate: incumbent, incumbent, incumbentVersion: 1 }),
      "minImprovement",
    );
    expect(message).toContain("more cases alone will hardly help");
  });
});

describe("bounds for a metric", () => {
  const metric = (score: (index: number) => number | null) => (index: number) => ({
    metrics: { m: score(index) },
  });
  const policy = { metrics: [{ name: "m", minScore: { score: 0.5 }, maxRegression: 0.2 }] };

  test("look at that metric alone", () => {
    const candidate = cases(
      200,
      200,
      metric((index) => (index % 5 === 0 ? 1 : 0)),
    );
    const verdict = decide(policy, { candidate });
    expect(clause(verdict, "minScore", "m").outcome).toBe("fail");
    expect(verdict.outcome).toBe("fail");
  });

  test("compare it case by case with the incumbent's, and leave out what it could not judge", () => {
    const incumbent = cases(
      200,
      0,
      metric(() => 0.9),
    );
    const candidate = cases(
      200,
      0,
      metric((index) => (index < 20 ? null : 0.88 + 0.04 * (index % 2))),
    );
    const found = clause(decide(policy, { candidate, incumbent, incumbentVersion: 1 }), "maxRegression", "m");
    expect(found).toMatchObject({ outcome: "pass", bound: -0.2 });
    expect(found.message).toContain("On 180 common cases");
  });

  test("refuse more rarely each, the more of them there are", () => {
    const several = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `m${index}`, minScore: { score: 0.6 } }));
    const names = [0, 1, 2, 3, 4, 5, 6, 7];
    // 50 of 100 against 0.6: short at 2.5 %, but not at 2.5 % shared by eight.
    const candidate = cases(100, 0, (index) => ({
      metrics: Object.fromEntries(names.map((name) => [`m${name}`, name === 0 && index < 50 ? 0 : 1])),
    }));
    expect(clause(decide({ metrics: several(1) }, { candidate }), "minScore", "m0").outcome).toBe("fail");
    expect(clause(decide({ metrics: several(8) }, { candidate }), "minScore", "m0").outcome).toBe(
      "inconclusive",
    );
  });
});

describe("bounds that each fall short by as little", () => {
  test("refuse none of them where the first does not: Holm stops there", () => {
    // 50 of 100 against 0.6: short at 2.5 %, but not at 1.25 %.
    const candidate = cases(100, 0, (index) => ({
      metrics: { a: index < 50 ? 1 : 0, b: index < 50 ? 1 : 0 },
    }));
    const metrics = ["a", "b"].map((name) => ({ name, minScore: { score: 0.6 } }));
    const verdict = decide({ metrics }, { candidate });
    expect(["a", "b"].map((name) => clause(verdict, "minScore", name).outcome)).toEqual([
      "inconclusive",
      "inconclusive",
    ]);
  });
});

describe("maxLatencyP95Ms", () => {
  const slow = (count: number) => (index: number) => ({ latenciesMs: [index < count ? 900 : 100] });

  test.each([
    { count: 400, slowOnes: 4, outcome: "pass" },
    { count: 400, slowOnes: 18, outcome: "inconclusive" },
    { count: 400, slowOnes: 60, outcome: "fail" },
    { count: 40, slowOnes: 0, outcome: "inconclusive" },
  ])("of 500 is $outcome with $slowOnes of $count slower", ({ count, slowOnes, outcome }) => {
    const verdict = decide({ maxLatencyP95Ms: 500 }, { candidate: cases(count, count, slow(slowOnes)) });
    expect(clause(verdict, "maxLatencyP95Ms")).toMatchObject({ outcome, bound: 500 });
  });
});

describe("maxCostPerCaseMicros", () => {
  const cost = (of: (index: number) => number | null) => (index: number) => ({ costMicros: of(index) });
  test.each([
    { count: 120, bound: 20, outcome: "pass" },
    { count: 99, bound: 20, outcome: "inconclusive" },
    { count: 60, bound: 15, outcome: "inconclusive" },
    { count: 60, bound: 12, outcome: "fail" },
  ])("of $bound is $outcome with $count costs of 10 to 20", ({ count, bound, outcome }) => {
    const candidate = cases(
      count,
      count,
      cost((index) => 10 + (index % 11)),
    );
    const found = clause(decide({ maxCostPerCaseMicros: bound }, { candidate }), "maxCostPerCaseMicros");
    expect(found).toMatchObject({ outcome, bound });
  });

  test("passes a mean above it in at most 5 of 100 runs where one case in twenty costs twenty times the others", () => {
    const random = seededRandom("costs");
    for (const count of [10, 30, 100]) {
      let passes = 0;
      for (let run = 0; run < 100; run++) {
        const candidate = cases(
          count,
          count,
          cost(() => (random() < 0.05 ? 2_000 : 100)),
        );
        const verdict = decide({ minCases: 1, maxCostPerCaseMicros: 190 }, { candidate });
        if (verdict.outcome === "pass") passes++;
      }
      expect(passes).toBeLessThanOrEqual(5);
    }
  });

  test("counts groups, not cases, before it passes", () => {
    const candidate = cases(500, 500, (index) => ({ costMicros: 1, group: `g${index % 50}` }));
    const found = clause(decide({ maxCostPerCaseMicros: 20 }, { candidate }), "maxCostPerCaseMicros");
    expect(found).toMatchObject({ outcome: "inconclusive" });
    expect(found.message).toContain("at least 100 independent ones");
  });

  test("refuses more rarely beside other bounds, and lets them refuse more rarely", () => {
    const metrics = Array.from({ length: 7 }, (_, index) => ({ name: `m${index}`, minScore: { score: 0 } }));
    const of = { candidate: cases(100, 50, (index) => ({ costMicros: index < 50 ? 1_000 : 2_000 })) };
    // Mean 1,500 with a standard error of 50: refuted at 2.5 %, not at 2.5 % shared by eight.
    const bound = 1_390;
    const outcomeOf = (policy: object, name: string) => clause(decide(policy, of), name).outcome;
    expect(outcomeOf({ maxCostPerCaseMicros: bound }, "maxCostPerCaseMicros")).toBe("fail");
    expect(outcomeOf({ maxCostPerCaseMicros: bound, metrics }, "maxCostPerCaseMicros")).toBe("inconclusive");
    const minScore = { score: 0.6 };
    expect(outcomeOf({ minScore }, "minScore")).toBe("fail");
    expect(outcomeOf({ minScore, maxCostPerCaseMicros: 1_000 }, "minScore")).toBe("inconclusive");
  });

  test("is inconclusive while a cost is unknown, and names the case", () => {
    const candidate = cases(
      60,
      60,
      cost((index) => (index === 7 ? null : 1)),
    );
    const found = clause(decide({ maxCostPerCaseMicros: 20 }, { candidate }), "maxCostPerCaseMicros");
    expect(found).toMatchObject({ outcome: "inconclusive", value: expect.any(Number) });
    expect(found.message).toContain("k7");
  });
});

describe("a judge", () => {
  const agreeing = (count: number, wrong: number) =>
    cohenKappa(
      Array.from({ length: count }, (_, index) => ({
        judge: index % 2 === 0,
        human: (index % 2 === 0) !== index < wrong,
      })),
    );
  const judge = (more: Partial<JudgeStanding>): JudgeStanding => ({
    metric: "rubric",
    weight: 1,
    agreement: null,
    ...more,
  });
  const policy = { minScore: { score: 0.5 }, noFlips: ["all"], maxErrors: 0 };
  const input = { candidate: cases(100, 95), incumbent: cases(100, 95), incumbentVersion: 1 };

  test.each([
    { name: "without labels", agreement: null },
    { name: "with too few labels", agreement: agreeing(40, 0) },
    { name: "that agrees too rarely", agreement: agreeing(100, 30) },
    {
      name: "whose agreement may be chance",
      agreement: cohenKappa(Array.from({ length: 80 }, () => ({ judge: true, human: true }))),
    },
  ])("$name suspends every clause it enters: no pass", ({ agreement }) => {
    const verdict = decide(policy, { ...input, judges: [judge({ agreement })] });
    expect(verdict.outcome).toBe("inconclusive");
    expect(clause(verdict, "judgeAgreement", "rubric").outcome).toBe("suspended");
    expect(clause(verdict, "minScore").outcome).toBe("suspended");
    expect(clause(verdict, "noFlips").outcome).toBe("suspended");
    expect(clause(verdict, "minCases").outcome).toBe("pass");
  });

  test("cannot make a version fail either, but what it has no say in can", () => {
    const bad = { ...input, candidate: cases(100, 5), judges: [judge({})] };
    expect(decide(policy, bad).outcome).toBe("inconclusive");
    const broken = cases(100, 5, (index) => (index === 0 ? { failed: 1, score: null } : {}));
    expect(decide(policy, { ...bad, candidate: broken }).outcome).toBe("fail");
  });

  test("decides once it has proven itself", () => {
    const verdict = decide(policy, { ...input, judges: [judge({ agreement: agreeing(100, 4) })] });
    expect(verdict.outcome).toBe("pass");
    expect(clause(verdict, "judgeAgreement", "rubric")).toMatchObject({ outcome: "pass", bound: 0.6 });
  });

  test("that has no weight enters only the bounds of its own metric", () => {
    const metrics = { rubric: 1 };
    const of = { ...input, candidate: cases(100, 95, () => ({ metrics })), judges: [judge({ weight: 0 })] };
    expect(decide(policy, of).outcome).toBe("pass");
    const verdict = decide({ ...policy, metrics: [{ name: "rubric", minScore: { score: 0.5 } }] }, of);
    expect(clause(verdict, "minScore").outcome).toBe("pass");
    expect(clause(verdict, "minScore", "rubric").outcome).toBe("suspended");
    expect(verdict.outcome).toBe("inconclusive");
  });
});
