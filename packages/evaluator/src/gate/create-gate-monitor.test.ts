import { GatePolicy } from "@assay/core";
import { describe, expect, test } from "vitest";
import { type CaseScores, CaseTallies, type RepeatScore } from "../case-tallies.ts";
import { decideGate } from "../decide-gate.ts";
import { seededRandom } from "../statistics/seeded-random.ts";
import { createGateMonitor, type GateMonitorInput } from "./create-gate-monitor.ts";
import { groupCases, orderForEarlyStop } from "./order-for-early-stop.ts";

interface Dataset {
  groups: number;
  perGroup: number;
}

const plan = ({ groups, perGroup }: Dataset) =>
  Array.from({ length: groups * perGroup }, (_, i) => ({
    caseKey: `k${i}`,
    group: perGroup === 1 ? null : `g${Math.floor(i / perGroup)}`,
    tags: i % 10 === 0 ? ["critical"] : [],
  }));

const result = (caseKey: string, passed: boolean, more: Partial<RepeatScore> = {}): RepeatScore => ({
  caseKey,
  group: null,
  tags: [],
  outcome: { status: "scored", score: passed ? 1 : 0, passed },
  latencyMs: 100,
  costMicros: 5,
  ...more,
});

/** Runs until the monitor has decided, and holds what was stored against the gate. */
function runUntilDecided(
  input: Omit<GateMonitorInput, "incumbent"> & { incumbent?: readonly CaseScores[] | null },
  resultOf: (one: { caseKey: string; group: string | null; tags: readonly string[] }) => RepeatScore,
) {
  const about = { ...input, incumbent: input.incumbent ?? null };
  const monitor = createGateMonitor(about);
  const tallies = new CaseTallies({ passesMin: input.passesMin });
  let count = 0;
  for (const one of input.order.cases) {
    for (let repeat = 0; repeat < input.order.repeats; repeat++) {
      const found = { ...resultOf(one), group: one.group, tags: one.tags };
      monitor.add(found);
      tallies.add(found);
      count++;
    }
    if (monitor.decision() !== "undecided") break;
  }
  const { order, ...rest } = about;
  const verdict = decideGate({ ...rest, candidate: tallies.cases(), stoppedEarly: order });
  return { decision: monitor.decision(), count, verdict };
}

const input = (policy: object, dataset: Dataset, more: Partial<GateMonitorInput> = {}) => ({
  policy: GatePolicy.parse(policy),
  order: { cases: orderForEarlyStop(plan(dataset), "seed"), repeats: 1 },
  incumbentVersion: null,
  judges: [],
  ...more,
});

describe("a monitored run", () => {
  test("passes early where the version is far above its bound, and the gate agrees", () => {
    const dataset = { groups: 1_000, perGroup: 1 };
    const { decision, count, verdict } = runUntilDecided(
      input({ minScore: { score: 0.8 } }, dataset),
      ({ caseKey }) => result(caseKey, true),
    );
    expect(decision).toBe("pass");
    expect(count).toBeLessThan(100);
    expect(verdict.outcome).toBe("pass");
  });

  test("fails early where it is far below, and the gate agrees", () => {
    const random = seededRandom("below");
    const { decision, count, verdict } = runUntilDecided(
      input({ minScore: { score: 0.9 } }, { groups: 1_000, perGroup: 1 }),
      ({ caseKey }) => result(caseKey, random() < 0.6),
    );
    expect(decision).toBe("fail");
    expect(count).toBeLessThan(150);
    expect(verdict.outcome).toBe("fail");
  });

  test("is judged by bounds wider than those of a run that was never looked at", () => {
    const random = seededRandom("wider");
    const tallies = new CaseTallies();
    const { order, ...about } = input({ minScore: { score: 0.8 } }, { groups: 300, perGroup: 1 });
    for (const { caseKey } of order.cases) tallies.add(result(caseKey, random() < 0.9));
    const of = { ...about, incumbent: null, candidate: tallies.cases() };
    const fixed = decideGate(of).clauses.find(({ clause }) => clause === "minScore")!;
    const early = decideGate({ ...of, stoppedEarly: order }).clauses.find(
      ({ clause }) => clause === "minScore",
    )!;
    expect(early.value).toBeLessThan(fixed.value!);
  });

  test("refuses later beside other bounds: they share the chance of an error", () => {
    const metrics = Array.from({ length: 7 }, (_, index) => ({ name: `m${index}`, minScore: { score: 0 } }));
    const [alone, beside] = [[], metrics].map((others) => {
      const random = seededRandom("shared");
      return runUntilDecided(
        input({ minScore: { score: 0.9 }, metrics: others }, { groups: 1_000, perGroup: 1 }),
        ({ caseKey }) => result(caseKey, random() < 0.6),
      );
    });
    for (const found of [alone!, beside!])
      expect(found).toMatchObject({ decision: "fail", verdict: { outcome: "fail" } });
    expect(beside!.count).toBeGreaterThan(alone!.count);
  });

  test("is allowed errors in proportion to the results seen, not all of them from the first", () => {
    let results = 0;
    const { count, decision, verdict } = runUntilDecided(
      input({ minScore: { score: 0.5 }, maxErrors: 2 }, { groups: 1_000, perGroup: 1 }),
      ({ caseKey }) => result(caseKey, true, results++ === 0 ? { outcome: { status: "failed" } } : {}),
    );
    expect({ count, decision, outcome: verdict.outcome }).toEqual({
      count: 500,
      decision: "pass",
      outcome: "pass",
    });
  });

  test("needs as many cases for its latency however often each is repeated", () => {
    const dataset = { groups: 1_000, perGroup: 1 };
    const about = input({ maxLatencyP95Ms: 500 }, dataset);
    const fast = ({ caseKey }: { caseKey: string }) => result(caseKey, true);
    const once = runUntilDecided(about, fast);
    const often = runUntilDecided({ ...about, order: { ...about.order, repeats: 5 } }, fast);
    expect(once).toMatchObject({ decision: "pass", verdict: { outcome: "pass" } });
    expect(often).toMatchObject({ decision: "pass", verdict: { outcome: "pass" }, count: 5 * once.count });
  });

  test("waits for a group whose turn it is, however many others are complete", () => {
    const about = input({ minScore: { score: 0.5 }, minCases: 1 }, { groups: 300, perGroup: 2 });
    const monitor = createGateMonitor({ ...about, incumbent: null });
    const [first, ...rest] = about.order.cases;
    const tallies = new CaseTallies();
    for (const { caseKey, group } of rest) {
      monitor.add(result(caseKey, true));
      tallies.add(result(caseKey, true, { group }));
    }
    expect(monitor.decision()).toBe("undecided");
    const { order, ...of } = { ...about, incumbent: null };
    const verdict = decideGate({ ...of, candidate: tallies.cases(), stoppedEarly: order });
    expect(verdict.outcome).toBe("inconclusive");
    monitor.add(result(first!.caseKey, true));
    expect(monitor.decision()).toBe("pass");
  });

  test("fails at once on a flip or one error too many, and passes only when no guarded case is left", () => {
    const dataset = { groups: 200, perGroup: 1 };
    const about = input({ minCases: 1, noFlips: ["critical"] }, dataset, { incumbentVersion: 1 });
    const tallies = new CaseTallies();
    for (const { caseKey, tags } of plan(dataset)) tallies.add(result(caseKey, true, { tags }));
    const incumbent = tallies.cases();
    const flipped = runUntilDecided({ ...about, incumbent }, ({ caseKey }) =>
      result(caseKey, caseKey !== "k50"),
    );
    expect(flipped).toMatchObject({ decision: "fail", verdict: { outcome: "fail" } });
    const passed = runUntilDecided({ ...about, incumbent }, ({ caseKey }) => result(caseKey, true));
    expect(passed).toMatchObject({ decision: "pass", verdict: { outcome: "pass" } });
    const last = about.order.cases.findLastIndex(({ tags }) => tags.length > 0);
    expect(passed.count).toBe(last + 1);
    const broken = runUntilDecided({ ...about, incumbent }, ({ caseKey }) =>
      result(caseKey, false, { outcome: { status: "failed" } }),
    );
    expect(broken).toMatchObject({ decision: "fail", count: 1, verdict: { outcome: "fail" } });
  });

  test("does not pass while a guarded case may have flipped: its incumbent ended in an error", () => {
    const dataset = { groups: 200, perGroup: 1 };
    const about = input({ minCases: 1, noFlips: ["critical"] }, dataset, { incumbentVersion: 1 });
    const tallies = new CaseTallies();
    for (const { caseKey, tags } of plan(dataset)) {
      const more = caseKey === "k50" ? { tags, outcome: { status: "failed" } as const } : { tags };
      tallies.add(result(caseKey, true, more));
    }
    const run = (passes: boolean) =>
      runUntilDecided({ ...about, incumbent: tallies.cases() }, ({ caseKey }) =>
        result(caseKey, passes || caseKey !== "k50"),
      );
    expect(run(false)).toMatchObject({ decision: "undecided", verdict: { outcome: "inconclusive" } });
    expect(run(true)).toMatchObject({ decision: "pass", verdict: { outcome: "pass" } });
  });

  test("never passes early on a mean cost, nor on a judge that has not proven itself", () => {
    const dataset = { groups: 200, perGroup: 1 };
    const costs = input({ maxCostPerCaseMicros: 100 }, dataset);
    expect(runUntilDecided(costs, ({ caseKey }) => result(caseKey, true))).toMatchObject({
      decision: "undecided",
      verdict: { outcome: "inconclusive" },
    });
    const judged = input({ minScore: { score: 0.1 } }, dataset, {
      judges: [{ metric: "rubric", weight: 1, agreement: null }],
    });
    for (const passes of [true, false]) {
      expect(runUntilDecided(judged, ({ caseKey }) => result(caseKey, passes))).toMatchObject({
        decision: "undecided",
        verdict: { outcome: "inconclusive" },
      });
    }
  });

  test("reaches the decision the gate reaches, at every look", () => {
    const random = seededRandom("agree");
    const dataset = { groups: 60, perGroup: 3 };
    const policy = {
      minCases: 10,
      minScore: { score: 0.6 },
      maxRegression: 0.3,
      metrics: [{ name: "m", minScore: { score: 0.4 } }],
      maxLatencyP95Ms: 500,
      maxErrors: 2,
    };
    for (let run = 0; run < 30; run++) {
      const chance = 0.3 + random() * 0.7;
      const incumbents = new CaseTallies({ metrics: ["m"] });
      const draw = (caseKey: string) =>
        result(caseKey, random() < chance, {
          latencyMs: random() * 510,
          metrics: [{ name: "m", score: random() }],
        });
      for (const { caseKey } of plan(dataset)) incumbents.add(draw(caseKey));
      const { order, ...about } = {
        ...input(policy, dataset, { incumbentVersion: 1 }),
        incumbent: incumbents.cases(),
      };
      const monitor = createGateMonitor({ ...about, order });
      // Now and then nothing comes, and a metric is not scored.
      const gaps = (): Partial<RepeatScore> => ({
        ...(random() < 0.01 && { outcome: { status: "failed" } }),
        ...(random() < 0.05 && { metrics: [{ name: "m", score: null }] }),
      });
      const results = order.cases.map(({ caseKey, group, tags }) => ({
        ...draw(caseKey),
        ...gaps(),
        group,
        tags,
      }));
      results.forEach((one, index) => {
        monitor.add(one);
        if (index % 29 !== 0) return;
        const tallies = new CaseTallies({ metrics: ["m"] });
        for (const seen of results.slice(0, index + 1)) tallies.add(seen);
        const { outcome } = decideGate({ ...about, candidate: tallies.cases(), stoppedEarly: order });
        expect(outcome === "inconclusive" ? "undecided" : outcome).toBe(monitor.decision());
      });
    }
  });
});

describe("the order of a run that may stop early", () => {
  test("is drawn by chance, the same for the same seed, groups whole", () => {
    const cases = plan({ groups: 40, perGroup: 5 });
    const order = orderForEarlyStop(cases, "run 1");
    expect(orderForEarlyStop(cases, "run 1")).toEqual(order);
    expect(orderForEarlyStop(cases, "run 2")).not.toEqual(order);
    expect(order.map(({ caseKey }) => caseKey).sort()).toEqual(cases.map(({ caseKey }) => caseKey).sort());
    expect(groupCases(order).flat()).toEqual(order);
  });

  test("puts every group at every place equally often", () => {
    const cases = plan({ groups: 5, perGroup: 1 });
    const firsts = new Map<string, number>();
    for (let seed = 0; seed < 5_000; seed++) {
      const key = orderForEarlyStop(cases, `s${seed}`)[0]!.caseKey;
      firsts.set(key, (firsts.get(key) ?? 0) + 1);
    }
    // 1,000 expected, standard deviation 28.
    for (const count of firsts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
    expect(firsts.size).toBe(5);
  });
});
