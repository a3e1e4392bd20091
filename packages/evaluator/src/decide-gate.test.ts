import { GatePolicy, Verdict } from "@assay/core";
import { describe, expect, test } from "vitest";
import type { CaseScores } from "./case-tallies.ts";
import { decideGate, decideGateInTurns } from "./decide-gate.ts";
import type { GateInput } from "./gate/gate-input.ts";

const one = (caseKey: string, score: number | null, more: Partial<CaseScores> = {}): CaseScores => ({
  caseKey,
  group: null,
  tags: [],
  score,
  passed: score === 1,
  failed: 0,
  notScored: score === null ? 1 : 0,
  passes: score === 1 ? 1 : 0,
  repeats: 1,
  metrics: {},
  latenciesMs: [100],
  costMicros: 10,
  ...more,
});

/** `passing` cases with score 1 and then others with 0; keys are the same for the same place. */
const cases = (count: number, passing: number): CaseScores[] =>
  Array.from({ length: count }, (_, index) => one(`k${index}`, index < passing ? 1 : 0));

function decide(policy: object, input: Partial<Omit<GateInput, "policy">>): Verdict {
  return Verdict.parse(
    decideGate({
      policy: GatePolicy.parse(policy),
      candidate: [],
      incumbent: null,
      incumbentVersion: null,
      judges: [],
      ...input,
    }),
  );
}

function clause(verdict: Verdict, name: string) {
  return verdict.clauses.find((found) => found.clause === name)!;
}

describe("minCases", () => {
  test("is inconclusive, not failed, with too few scored cases, and says what to do", () => {
    const candidate = [...cases(12, 12), one("x", null)];
    const verdict = decide({ minCases: 200, maxErrors: 1 }, { candidate });
    expect(verdict.outcome).toBe("inconclusive");
    expect(clause(verdict, "minCases")).toEqual({
      clause: "minCases",
      outcome: "inconclusive",
      value: 12,
      bound: 200,
      message:
        "Not enough cases: 12 of 200. Add cases or lower minCases; 1 failed or were not scored: look at x.",
      needed: 200,
      cases: ["x"],
    });
  });

  test("tells cases that were not scored, or not asked before the run stopped, from cases that are not there", () => {
    const about = (input: Partial<GateInput>) => clause(decide({ minCases: 12 }, input), "minCases").message;
    expect(about({ candidate: cases(11, 11) })).toBe(
      "Not enough cases: 11 of 12. Add cases or lower minCases.",
    );
    expect(about({ candidate: [...cases(11, 11), one("x", null)] })).toBe(
      "Not enough cases: 11 of 12 were scored. There are 12, of which 1 failed or were not scored: look at x.",
    );
    const planned = cases(40, 40).map(({ caseKey }) => ({ caseKey, group: null, tags: [] }));
    const stoppedEarly = { cases: planned, repeats: 1 };
    expect(about({ candidate: cases(11, 11), stoppedEarly })).toBe(
      "Not enough cases: 11 of 12. The run stopped before them: run all cases.",
    );
  });

  test("passes with just enough", () => {
    expect(clause(decide({ minCases: 12 }, { candidate: cases(12, 0) }), "minCases").outcome).toBe("pass");
  });
});

describe("maxErrors", () => {
  test("counts results that failed or were not scored and names their cases", () => {
    const candidate = [...cases(40, 40), one("f", null, { failed: 2, notScored: 0 }), one("n", null)];
    const verdict = decide({ maxErrors: 2 }, { candidate });
    expect(verdict.outcome).toBe("fail");
    expect(clause(verdict, "maxErrors")).toMatchObject({ outcome: "fail", value: 3, bound: 2 });
    expect(clause(verdict, "maxErrors").message).toContain("Look at f, n.");
    expect(decide({ maxErrors: 3 }, { candidate }).outcome).toBe("pass");
  });
});

describe("minScore", () => {
  test("asks for no more cases where none of those there was scored", () => {
    const verdict = decide({ minScore: { score: 0.9 } }, { candidate: [one("x", null), one("y", null)] });
    const { outcome, message } = clause(verdict, "minScore");
    expect(outcome).toBe("inconclusive");
    expect(message).toMatch(/no case was scored\. More cases will not help/);
    expect(message).not.toContain("Add cases");
  });

  test.each([
    { passing: 300, outcome: "pass" },
    { passing: 280, outcome: "inconclusive" },
    { passing: 200, outcome: "fail" },
  ])("of 0.95 on the lower bound with $passing of 300 is $outcome", ({ passing, outcome }) => {
    const verdict = decide({ minScore: { score: 0.95 } }, { candidate: cases(300, passing) });
    expect(clause(verdict, "minScore")).toMatchObject({ outcome, bound: 0.95 });
    expect(verdict.outcome).toBe(outcome);
  });

  test("on the mean looks at the mean alone", () => {
    const policy = { minCases: 1, minScore: { score: 0.9, on: "mean" } };
    expect(decide(policy, { candidate: cases(10, 9) })).toMatchObject({ outcome: "pass" });
    expect(decide(policy, { candidate: cases(10, 8) })).toMatchObject({ outcome: "fail" });
    expect(decide(policy, { candidate: cases(1, 1) })).toMatchObject({ outcome: "pass" });
  });

  test("is inconclusive where nothing gives an interval", () => {
    const policy = { minCases: 1, maxErrors: 9, minScore: { score: 0 } };
    expect(clause(decide(policy, { candidate: [] }), "minScore")).toMatchObject({
      outcome: "inconclusive",
      value: null,
    });
    expect(clause(decide(policy, { candidate: cases(1, 1) }), "minScore").outcome).toBe("inconclusive");
    const grouped = cases(50, 50).map((each) => ({ ...each, group: "the same" }));
    expect(clause(decide(policy, { candidate: grouped }), "minScore").outcome).toBe("inconclusive");
  });

  test("does not let cases that were not scored pull the mean down", () => {
    const candidate = [...cases(40, 40), ...Array.from({ length: 40 }, (_, i) => one(`n${i}`, null))];
    const verdict = decide({ maxErrors: 40, minScore: { score: 1, on: "mean" } }, { candidate });
    expect(clause(verdict, "minScore")).toMatchObject({ value: 1, outcome: "inconclusive" });
  });

  test.each([
    [0.5, "pass"],
    [0.51, "inconclusive"],
    [1, "inconclusive"],
  ])(
    "passes %d only if it would with the worst for cases without a score, and does not fail for them",
    (...[score, outcome]) => {
      const candidate = [...cases(40, 40), ...Array.from({ length: 40 }, (_, i) => one(`n${i}`, null))];
      const verdict = decide({ maxErrors: 40, minScore: { score, on: "mean" } }, { candidate });
      expect(clause(verdict, "minScore").outcome).toBe(outcome);
      const found = clause(verdict, "minScore").message;
      expect(found).toContain("40 more failed or were not scored; to pass, the worst is assumed of them.");
    },
  );

  test("assumes the worst of a metric that could not be scored, whatever its weight", () => {
    const candidate = cases(40, 40).map((each, index) => ({
      ...each,
      metrics: { private: index === 0 ? 1 : null },
    }));
    const metrics = [{ name: "private", minScore: { score: 1, on: "mean" } }];
    const verdict = decide({ minCases: 1, metrics }, { candidate });
    expect(clause(verdict, "minScore")).toMatchObject({ metric: "private", outcome: "inconclusive" });
  });
});

describe("noFlips", () => {
  const critical = { tags: ["critical"] };
  const incumbent = [one("a", 1, critical), one("b", 0, critical), one("c", 1), one("gone", 1, critical)];
  const policy = { minCases: 1, maxErrors: 9, noFlips: ["critical"] };

  test("fails when a tagged case that passed does not any more, and names it", () => {
    const candidate = [one("a", 0.9, critical), one("b", 0, critical), one("c", 0)];
    const found = clause(decide(policy, { candidate, incumbent, incumbentVersion: 3 }), "noFlips");
    expect(found).toEqual({
      clause: "noFlips",
      incumbentVersion: 3,
      outcome: "fail",
      value: 1,
      bound: 0,
      message:
        "1 of 2 cases tagged critical pass with version 3 and not with this one: a. 1 cases known on one side only were left out.",
      count: 2,
      cases: ["a"],
    });
  });

  test("lists the first cases that flipped, and says how many there are in all", () => {
    const keys = Array.from({ length: 32 }, (_, index) => `case-${index}`);
    const before = keys.map((key) => one(key, 1, critical));
    const candidate = keys.map((key) => one(key, 0, critical));
    const found = clause(decide(policy, { candidate, incumbent: before, incumbentVersion: 3 }), "noFlips");
    expect(found).toMatchObject({ cases: keys.slice(0, 20), caseCount: 32 });
  });

  test("takes a case without a score for one that does not pass", () => {
    const candidate = [one("a", null, critical)];
    expect(clause(decide(policy, { candidate, incumbent, incumbentVersion: 3 }), "noFlips").outcome).toBe(
      "fail",
    );
  });

  test("passes when nothing flipped, whatever else got worse", () => {
    const candidate = [one("a", 1, critical), one("b", 1, critical), one("c", 0)];
    expect(clause(decide(policy, { candidate, incumbent, incumbentVersion: 3 }), "noFlips")).toMatchObject({
      outcome: "pass",
      value: 0,
    });
  });

  test("does not pass on what may have flipped: a case that does not pass, and ended in an error before", () => {
    const broken = [one("a", 1, critical), one("b", null, critical)];
    const about = { incumbent: broken, incumbentVersion: 3 };
    const failing = [one("a", 1, critical), one("b", 0, critical)];
    expect(clause(decide(policy, { candidate: failing, ...about }), "noFlips")).toMatchObject({
      outcome: "inconclusive",
      cases: ["b"],
    });
    const passing = [one("a", 1, critical), one("b", 1, critical)];
    expect(clause(decide(policy, { candidate: passing, ...about }), "noFlips").outcome).toBe("pass");
  });

  test("is inconclusive when no case has the tag", () => {
    const verdict = decide(policy, { candidate: [one("c", 1)], incumbent, incumbentVersion: 3 });
    expect(clause(verdict, "noFlips").outcome).toBe("inconclusive");
  });
});

describe("maxRegression", () => {
  const policy = { maxRegression: 0.05 };
  const incumbent = cases(300, 270);

  test.each([
    { passing: 270, outcome: "pass" },
    { passing: 285, outcome: "pass" },
    { passing: 258, outcome: "inconclusive" },
    { passing: 200, outcome: "fail" },
  ])("of 0.05 is $outcome with $passing where the incumbent passes 270 of 300", ({ passing, outcome }) => {
    const verdict = decide(policy, { candidate: cases(300, passing), incumbent, incumbentVersion: 1 });
    expect(clause(verdict, "maxRegression")).toMatchObject({ outcome, bound: -0.05 });
  });

  test("pairs only cases scored on both sides, and assumes the worst of the others before it passes", () => {
    const candidate = [...cases(300, 270), one("new", 0), one("broken", null)];
    const judged = (some: CaseScores[]) =>
      clause(decide(policy, { candidate: some, incumbent, incumbentVersion: 1 }), "maxRegression");
    const { message } = judged(candidate);
    expect(message).toContain("On 300 common cases");
    expect(message).toContain("2 more failed or were not scored; to pass, the worst is assumed of them.");
    const better = cases(300, 300);
    expect(judged(better).outcome).toBe("pass");
    const dodging = better.map((each, index) => (index < 60 ? one(each.caseKey, null) : each));
    expect(judged(dodging).outcome).toBe("inconclusive");
  });

  test("is inconclusive with nothing in common", () => {
    const candidate = cases(40, 40).map((each) => ({ ...each, caseKey: `other-${each.caseKey}` }));
    const verdict = decide(policy, { candidate, incumbent, incumbentVersion: 1 });
    expect(clause(verdict, "maxRegression")).toMatchObject({ outcome: "inconclusive", value: null });
  });
});

describe("without scores of an incumbent", () => {
  const policy = { minCases: 1, noFlips: ["critical"], maxRegression: 0 };

  test("there is nothing to regress from when the label has no version", () => {
    const verdict = decide(policy, { candidate: cases(5, 5) });
    expect(verdict.outcome).toBe("pass");
    expect(clause(verdict, "maxRegression").message).toContain("nothing to regress from");
  });

  test("nothing is proven when it has one, and the message names the run that is missing", () => {
    const verdict = decide(policy, { candidate: cases(5, 5), incumbentVersion: 4 });
    expect(verdict.outcome).toBe("inconclusive");
    expect(clause(verdict, "noFlips").outcome).toBe("inconclusive");
    expect(clause(verdict, "maxRegression").message).toContain("Run the suite on version 4");
  });
});

test("a clause that failed outweighs one that is inconclusive", () => {
  const candidate = [...cases(5, 5), one("x", null)];
  expect(decide({ minCases: 30, maxErrors: 0 }, { candidate }).outcome).toBe("fail");
});

test("comes to the same in turns, between which others are served", async () => {
  const policy = GatePolicy.parse({
    ...{ minCases: 1, minScore: { score: 0.99 }, maxRegression: 0.02, noFlips: ["t"] },
    ...{ maxLatencyP95Ms: 50, maxCostPerCaseMicros: 5 },
  });
  const input = {
    policy,
    candidate: cases(60, 30),
    incumbent: cases(60, 55),
    incumbentVersion: 1,
    judges: [],
  };
  let pauses = 0;
  const verdict = await decideGateInTurns(input, async () => {
    pauses += 1;
  });
  expect(verdict).toEqual(decideGate(input));
  expect(verdict.outcome).toBe("fail");
  // Each of the three bounds, and each of the steps in which their refusals are sought.
  expect(pauses).toBeGreaterThan(3 * 20);
});
