import { z } from "zod";
import { CaseTag } from "../case-names.ts";
import { LIMITS } from "../limits.ts";
import { Id, Slug } from "../names.ts";
import { PageQuery, pageOf } from "../page.ts";
import { Run, RunDraft, RunResult, RunStatus } from "../run.ts";
import { ScorerInfo, Suite, SuiteSpec } from "../suite.ts";
import { defineRoutes } from "./route.ts";

const tenant = { plane: "control", audience: "tenant", touches: "tenant" } as const;
const suite = z.object({ suite: Slug });
const run = z.object({ runId: Id });
const json = <S extends z.ZodType>(schema: S) =>
  ({ kind: "json", schema, bytesMax: LIMITS.bodyBytesMax }) as const;

export const evaluationRoutes = defineRoutes({
  listScorers: {
    ...tenant,
    scope: "read",
    touches: "nothing",
    method: "GET",
    path: "/api/scorers",
    summary: "Every scorer with the schema of its options",
    output: { kind: "json", status: 200, schema: z.object({ items: z.array(ScorerInfo) }) },
  },
  putSuite: {
    honoursConfinement: true,
    ...tenant,
    scope: "edit",
    method: "PUT",
    path: "/api/suites/{suite}",
    summary: "Store a suite; changed content becomes its next version, gates keep the version they name",
    params: suite,
    body: json(SuiteSpec),
    output: { kind: "json", status: 200, schema: Suite },
  },
  listSuites: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/suites",
    summary: "Suites of the tenant, each in its newest version",
    query: PageQuery,
    output: { kind: "json", status: 200, schema: pageOf(Suite) },
  },
  getSuite: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/suites/{suite}",
    summary: "One suite in its newest version",
    params: suite,
    output: { kind: "json", status: 200, schema: Suite },
  },
  startRun: {
    honoursConfinement: true,
    ...tenant,
    worksBeforeWrite: true,
    scope: "use",
    method: "POST",
    path: "/api/runs",
    summary: "Start a run of a suite on a version",
    body: json(RunDraft),
    output: { kind: "json", status: 202, schema: Run },
  },
  listRuns: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/runs",
    summary: "Runs of the tenant, newest first",
    query: PageQuery.extend({
      suite: Slug.optional(),
      prompt: Slug.optional(),
      status: RunStatus.optional(),
    }),
    output: { kind: "json", status: 200, schema: pageOf(Run) },
  },
  getRun: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/runs/{runId}",
    summary: "One run with its progress and, once finished, its summary and verdict",
    params: run,
    output: { kind: "json", status: 200, schema: Run },
  },
  streamRunEvents: {
    ...tenant,
    scope: "read",
    method: "GET",
    path: "/api/runs/{runId}/events",
    summary: "A run's progress as it happens: `progress` with the whole run whenever it changes, then `end`",
    params: run,
    query: z.strictObject({
      /** How long to stay; who is not told `end` asks again. */
      forMs: z.coerce.number().int().min(0).max(LIMITS.runEventsMs).default(LIMITS.runEventsMs),
      /** The id of the last event seen: what has not changed since is not told again. */
      after: z.string().max(100).optional(),
    }),
    output: { kind: "raw", status: 200, contentType: "text/event-stream" },
  },
  listRunResults: {
    ...tenant,
    hasLongAnswers: true,
    scope: "read",
    method: "GET",
    path: "/api/runs/{runId}/results",
    summary: "Case by case results of a run",
    params: run,
    query: PageQuery.extend({
      status: z.enum(["scored", "not_scored", "failed"]).optional(),
      /** Only results that were scored, and passed or did not. */
      passed: z.enum(["true", "false"]).optional(),
      tag: CaseTag.optional(),
    }),
    output: { kind: "json", status: 200, schema: pageOf(RunResult) },
  },
  cancelRun: {
    honoursConfinement: true,
    ...tenant,
    scope: "use",
    method: "POST",
    path: "/api/runs/{runId}/cancel",
    summary: "Stop a run; finished cases stay",
    params: run,
    output: { kind: "json", status: 200, schema: Run },
  },
});
