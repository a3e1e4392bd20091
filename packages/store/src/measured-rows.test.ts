import type { CaseOutcome } from "@assay/core";
import { expect, test } from "vitest";
import { insertResults, listMeasuredRows } from "./repositories/results.ts";
import { findRun } from "./repositories/runs.ts";
import { describeEachStore } from "./testing/describe-each-store.ts";
import { fillTenant } from "./testing/fill-tenant.ts";

const METRICS = [
  {
    name: "judge",
    type: "llm-rubric",
    weight: 0,
    outcome: { status: "not_scored" as const, reason: "\u0000" },
  },
  { name: "fields", type: "json-fields", weight: 1, outcome: { status: "scored" as const, score: 0.5 } },
];

describeEachStore("what a gate reads of a run's results", (open) => {
  test("is the metrics without the outputs, also beside texts that hold what databases stumble over", async () => {
    await using opened = await open();
    const { store } = opened;
    const { id, rows } = await fillTenant(store, "airline");
    const runId = "run_2";
    await store
      .forTenant(id)
      .record((tx) => tx.insert(tx.tables.runs, { ...rows.runs, id: runId, status: "running" }));
    const outcomes: CaseOutcome[] = [
      {
        status: "scored",
        score: 0.5,
        passed: false,
        metrics: METRICS,
        output: "\u0000 \ud800 ' \" -> 'metrics'",
      },
      { status: "failed", failure: { code: "timeout", message: "late" } },
    ];
    await store.forTenant(id).record((tx) =>
      insertResults(
        tx,
        outcomes.map((outcome, index) => ({
          ...resultRow(runId, index + 1),
          status: outcome.status,
          outcome,
        })),
      ),
    );
    const measured = await store.forTenant(id).read(async (tx) => {
      expect(await findRun(tx, runId)).toBeDefined();
      return await listMeasuredRows(tx, { runId, limit: 10, withMetrics: true });
    });
    expect(measured.map(({ metrics }) => metrics)).toEqual([
      [
        { name: "judge", score: null },
        { name: "fields", score: 0.5 },
      ],
      [],
    ]);
    expect(measured[0]).not.toHaveProperty("outcome");
  });
});

function resultRow(runId: string, position: number) {
  return {
    runId,
    position,
    repeat: 0,
    caseKey: `k${position}`,
    tags: [],
    group: null,
    score: null,
    passed: null,
    latencyMs: null,
    promptTokens: null,
    completionTokens: null,
    costMicros: null,
    judgeCostMicros: null,
    reused: false,
  };
}
