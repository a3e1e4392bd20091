import { type CaseOutcome, RunSummary } from "@assay/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaseTallies } from "./case-tallies.ts";
import { type MeasuredRepeat, summarizeRun } from "./summarize-run.ts";

function scored(score: number, passed = score === 1): CaseOutcome {
  const metric = { name: "m", type: "exact-match", weight: 1, outcome: { status: "scored" as const, score } };
  return { status: "scored", score, passed, metrics: [metric], output: "" };
}
const unjudged: CaseOutcome = {
  status: "not_scored",
  reason: "m: no",
  metrics: [{ name: "m", type: "exact-match", weight: 1, outcome: { status: "not_scored", reason: "no" } }],
  output: "",
};
const failed: CaseOutcome = { status: "failed", failure: { code: "timeout", message: "late" } };

function result(caseKey: string, outcome: CaseOutcome, more: Partial<MeasuredRepeat> = {}): MeasuredRepeat {
  const metrics = outcome.status === "failed" ? [] : outcome.metrics;
  return {
    caseKey,
    group: null,
    tags: [],
    outcome,
    metrics: metrics.map(({ name, outcome: metric }) => ({
      name,
      score: metric.status === "scored" ? metric.score : null,
    })),
    latencyMs: outcome.status === "failed" ? null : 10,
    promptTokens: 5,
    completionTokens: 2,
    costMicros: 3,
    ...more,
  };
}

describe("a run's summary", () => {
  test("counts cases that failed or were not scored and keeps them out of the mean", async () => {
    const results = [
      result("a", scored(1)),
      result("b", scored(0.5)),
      result("c", failed),
      result("d", unjudged),
    ];
    const summary = RunSummary.parse(await summarizeRun(results));
    expect(summary).toMatchObject({ cases: 4, scored: 2, notScored: 1, failed: 1, passed: 1 });
    expect(summary.score.mean).toBe(0.75);
    expect(summary.metrics).toMatchObject([{ name: "m", score: { mean: 0.75 }, notScored: 1 }]);
  });

  test("counts a case once however often it was repeated, and averages its repeats first", async () => {
    const results = [
      result("a", scored(1)),
      result("a", scored(0)),
      result("b", scored(1)),
      result("b", scored(1)),
      result("c", scored(1)),
      result("c", failed),
    ];
    const summary = await summarizeRun(results);
    expect(summary).toMatchObject({ cases: 3, scored: 2, failed: 1, passed: 1, score: { mean: 0.75 } });
  });

  test("lets a case pass by as many repeats as are asked for, and says how often all of them pass", async () => {
    const passes = [3, 2, 2, 1, 0].flatMap((count, n) =>
      [0, 1, 2].map((repeat) => result(`k${n}`, scored(repeat < count ? 1 : 0))),
    );
    const summary = await summarizeRun(passes, 2);
    expect(summary).toMatchObject({ cases: 5, passed: 3, passShare: { mean: 0.6 }, passHatN: { mean: 0.2 } });
    expect(summary.passHatN?.upper).toBeLessThan(summary.passShare!.upper!);
    expect(await summarizeRun(passes)).toMatchObject({ passed: 1, passShare: { mean: 0.2 } });
  });

  test("has an interval that knows the groups", async () => {
    const results = Array.from({ length: 40 }, (_, i) => result(`k${i}`, scored(i < 20 ? 1 : 0)));
    const grouped = results.map((one, i) => ({ ...one, group: `g${Math.floor(i / 10)}` }));
    const width = ({ score }: RunSummary) => score.upper! - score.lower!;
    expect(width(await summarizeRun(grouped))).toBeGreaterThan(2 * width(await summarizeRun(results)));
  });

  test("shows each tag by itself", async () => {
    const results = [
      result("a", scored(1), { tags: ["critical", "de"] }),
      result("b", scored(0), { tags: ["de"] }),
      result("c", failed, { tags: ["de"] }),
    ];
    expect((await summarizeRun(results)).tags).toMatchObject([
      { tag: "critical", cases: 1, score: { mean: 1 } },
      { tag: "de", cases: 3, score: { mean: 0.5 } },
    ]);
  });

  test("takes latencies from answers alone and leaves an unknown cost unknown", async () => {
    const results = Array.from({ length: 20 }, (_, i) => result(`k${i}`, scored(1), { latencyMs: i + 1 }));
    expect(await summarizeRun([...results, result("x", failed)])).toMatchObject({
      latencyP50Ms: 10,
      latencyP95Ms: 19,
      promptTokens: 105,
      completionTokens: 42,
      costMicros: 63,
    });
    expect(await summarizeRun([...results, result("y", scored(1), { costMicros: null })])).toMatchObject({
      costMicros: null,
    });
  });

  test("of nothing claims nothing", async () => {
    expect(RunSummary.parse(await summarizeRun([]))).toMatchObject({
      cases: 0,
      score: { mean: null, lower: null, upper: null },
      latencyP95Ms: null,
      costMicros: 0,
    });
  });

  test("is the same to the last digit whatever order results came in", async () => {
    const results = Array.from({ length: 60 }, (_, i) =>
      result(`k${i % 20}`, scored(((i * 7919) % 97) / 97), {
        group: `g${i % 5}`,
      }),
    );
    const summary = JSON.stringify(await summarizeRun(results));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(results, { minLength: 60 }), async (shuffled) => {
        expect(JSON.stringify(await summarizeRun(shuffled))).toBe(summary);
      }),
      { numRuns: 20 },
    );
  });
});

test("cases are collected from a stream as from a list", async () => {
  async function* stream() {
    yield result("b", scored(1), { tags: ["t"], group: "g" });
    yield result("a", unjudged);
  }
  const tallies = new CaseTallies();
  for await (const result of stream()) tallies.add(result);
  const none = { metrics: {}, latenciesMs: [10], costMicros: 3, repeats: 1, failed: 0 };
  expect(tallies.cases()).toEqual([
    { ...none, caseKey: "a", group: null, tags: [], score: null, passed: false, passes: 0, notScored: 1 },
    { ...none, caseKey: "b", group: "g", tags: ["t"], score: 1, passed: true, passes: 1, notScored: 0 },
  ]);
});
