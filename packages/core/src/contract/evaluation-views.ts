import { z } from "zod";
import { JudgeInSuite } from "../judge.ts";
import { LIMITS } from "../limits.ts";
import { Id, Slug } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import { PlannedRun } from "../planned-run.ts";
import { RunDraft } from "../run.ts";
import { RunBreakdown } from "../run-breakdown.ts";
import { RunCase, RunCaseQuery } from "../run-case.ts";
import { Suite } from "../suite.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const run = z.object({ runId: Id });

export const evaluationViewRoutes = defineRoutes({
  planRun: {
    ...tenant,
    honoursConfinement: true,
    storesNothing: true,
    scope: "use",
    method: "POST",
    path: "/api/run-plans",
    summary: "What a run would do, cost and could show; starts nothing",
    body: { kind: "json", schema: RunDraft, bytesMax: LIMITS.bodyBytesMax },
    output: { kind: "json", status: 200, schema: PlannedRun },
  },
  getRunBreakdown: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/runs/{runId}/breakdown",
    summary: "How a run's scores and latencies spread, and why results have no score",
    params: run,
    output: { kind: "json", status: 200, schema: RunBreakdown },
  },
  getRunCase: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/runs/{runId}/case",
    summary: "One case of a run: what was asked, answered and scored, beside another run's answer",
    params: run,
    query: RunCaseQuery,
    output: { kind: "json", status: 200, schema: RunCase },
  },
  listSuiteVersions: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/suites/{suite}/versions",
    summary: "Versions of a suite, newest first",
    params: z.object({ suite: Slug }),
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Suite) },
  },
  listJudges: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/judges",
    summary:
      "Judges in the newest versions of suites: how far each agrees with people, and whether it may decide",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(JudgeInSuite) },
  },
});
