import type {
  CaseOutcome,
  EvidenceHashes,
  FinishReason,
  RunPower,
  RunSelection,
  RunSummary,
  SuiteSpec,
  TokenUsage,
  ToolCall,
} from "@assay/core";
import type { Kit } from "../kit.ts";
import type { DatasetTables } from "./dataset-tables.ts";
import type { PlatformTables } from "./platform-tables.ts";
import type { RegistryTables } from "./registry-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/** A metric of a result; null where it could not be scored. */
export interface MetricNumber {
  name: string;
  score: number | null;
}

/** What a model once answered to a request. */
export interface CachedAnswer {
  text: string;
  toolCalls: ToolCall[];
  meanLogprob?: number | undefined;
  reason: FinishReason;
  usage?: TokenUsage | undefined;
  /** Of the answer when it was made, queueing left out. */
  latencyMs: number;
}

/** Suites, runs with their results, and the queue of jobs. */
export function defineEvaluationTables(
  k: Kit,
  { tenants }: PlatformTables,
  { prompts, promptVersions, datasets, datasetVersions }: RegistryTables & DatasetTables,
) {
  const tenantId = () => tenantColumn(k, tenants);

  const suites = k.table(
    "suites",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("suites_slug").on(t.tenantId, t.slug),
      ...k.tenantPolicy("suites", t.tenantId),
    ],
  );

  const suiteVersions = k.table(
    "suite_versions",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      suiteId: k.text("suite_id").notNull(),
      version: k.int("version").notNull(),
      promptId: k.text("prompt_id").notNull(),
      datasetId: k.text("dataset_id").notNull(),
      spec: k.json<SuiteSpec>("spec").notNull(),
      contentSha256: k.text("content_sha256").notNull(),
      /** Null for versions older than this column. */
      createdBy: k.text("created_by"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("suite_versions_version").on(t.tenantId, t.suiteId, t.version),
      k
        .foreignKey({
          name: "suite_versions_suite_fk",
          columns: [t.tenantId, t.suiteId],
          foreignColumns: [suites.tenantId, suites.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "suite_versions_prompt_fk",
        columns: [t.tenantId, t.promptId],
        foreignColumns: [prompts.tenantId, prompts.id],
      }),
      k.foreignKey({
        name: "suite_versions_dataset_fk",
        columns: [t.tenantId, t.datasetId],
        foreignColumns: [datasets.tenantId, datasets.id],
      }),
      ...k.tenantPolicy("suite_versions", t.tenantId),
    ],
  );

  const runs = k.table(
    "runs",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      suiteVersionId: k.text("suite_version_id").notNull(),
      promptVersionId: k.text("prompt_version_id").notNull(),
      datasetVersionId: k.text("dataset_version_id").notNull(),
      baselineRunId: k.text("baseline_run_id"),
      status: k.enum("status", ["queued", "running", "completed", "failed", "cancelled"]).notNull(),
      hashes: k.json<EvidenceHashes>("hashes").notNull(),
      /** SHA-256 of the canonical `hashes`: two runs with the same one are evidence for the same thing. */
      evidenceSha256: k.text("evidence_sha256").notNull(),
      total: k.int("total").notNull(),
      done: k.int("done").notNull(),
      /** Null for all of the dataset. */
      selection: k.json<RunSelection>("selection"),
      /** The run whose stored outputs are scored; another run of the same tenant. */
      rescoreOf: k.text("rescore_of"),
      reuse: k.enum("reuse", ["always", "never"]).notNull().default("always"),
      budgetMicros: k.long("budget_micros"),
      spentMicros: k.long("spent_micros").notNull().default(0),
      /** How many cases may be in flight; null lets the run find out what its connection bears. */
      concurrency: k.int("concurrency"),
      reused: k.int("reused").notNull().default(0),
      stopEarly: k.bool("stop_early").notNull().default(false),
      stoppedEarly: k.bool("stopped_early").notNull().default(false),
      power: k.json<RunPower>("power"),
      summary: k.json<RunSummary>("summary"),
      error: k.text("error"),
      startedBy: k.text("started_by").notNull(),
      createdAt: k.time("created_at").notNull(),
      /** When a worker first took it up; a run may have waited long for that. Null also of those from before this was kept. */
      startedAt: k.time("started_at"),
      finishedAt: k.time("finished_at"),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("runs_version").on(t.tenantId, t.promptVersionId, t.status),
      k.foreignKey({
        name: "runs_suite_version_fk",
        columns: [t.tenantId, t.suiteVersionId],
        foreignColumns: [suiteVersions.tenantId, suiteVersions.id],
      }),
      k.foreignKey({
        name: "runs_prompt_version_fk",
        columns: [t.tenantId, t.promptVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "runs_dataset_version_fk",
        columns: [t.tenantId, t.datasetVersionId],
        foreignColumns: [datasetVersions.tenantId, datasetVersions.id],
      }),
      ...k.tenantPolicy("runs", t.tenantId),
    ],
  );

  /** One finished case of a run. The primary key is what makes a second result for the same case impossible. */
  const results = k.table(
    "results",
    {
      tenantId: tenantId(),
      runId: k.text("run_id").notNull(),
      position: k.int("position").notNull(),
      repeat: k.int("repeat").notNull(),
      caseKey: k.text("case_key").notNull(),
      tags: k.json<string[]>("tags").notNull(),
      group: k.text("case_group"),
      status: k.enum("status", ["scored", "not_scored", "failed"]).notNull(),
      /** Null unless scored: unknown is not zero. */
      score: k.real("score"),
      passed: k.bool("passed"),
      outcome: k.json<CaseOutcome>("outcome").notNull(),
      /** The outcome's metrics in numbers, by themselves: Postgres cannot take them out of texts that hold U+0000. */
      metricScores: k.json<MetricNumber[]>("metric_scores"),
      latencyMs: k.real("latency_ms"),
      promptTokens: k.int("prompt_tokens"),
      completionTokens: k.int("completion_tokens"),
      costMicros: k.long("cost_micros"),
      judgeCostMicros: k.long("judge_cost_micros"),
      reused: k.bool("reused").notNull().default(false),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.runId, t.position, t.repeat] }),
      k
        .foreignKey({
          name: "results_run_fk",
          columns: [t.tenantId, t.runId],
          foreignColumns: [runs.tenantId, runs.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("results", t.tenantId),
    ],
  );

  /**
   * Answers that may be used again, by the hash of the whole request: messages, sampling, schema, tools, model and
   * adapter by hash, engine build, repeat. Never a failure.
   */
  const cachedAnswers = k.table(
    "cached_answers",
    {
      tenantId: tenantId(),
      requestSha256: k.text("request_sha256").notNull(),
      answer: k.json<CachedAnswer>("answer").notNull(),
      bytes: k.int("bytes").notNull(),
      usedAt: k.time("used_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.requestSha256] }),
      // With the bytes, so that what a tenant holds is summed without reading the answers.
      k.index("cached_answers_used").on(t.tenantId, t.usedAt, t.bytes),
      ...k.tenantPolicy("cached_answers", t.tenantId),
    ],
  );

  const jobs = k.table(
    "jobs",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      kind: k.enum("kind", ["run"]).notNull(),
      /** The run this job carries out. */
      runId: k.text("run_id").notNull(),
      status: k.enum("status", ["queued", "running", "done", "failed"]).notNull(),
      attempts: k.int("attempts").notNull(),
      cancelRequested: k.bool("cancel_requested").notNull(),
      runAfter: k.time("run_after").notNull(),
      leasedBy: k.text("leased_by"),
      leasedUntil: k.time("leased_until"),
      /** When a worker last took it: the tenant that was served longest ago is served next. */
      claimedAt: k.time("claimed_at"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("jobs_claim").on(t.status, t.runAfter),
      k.index("jobs_served").on(t.tenantId, t.claimedAt),
      k.uniqueIndex("jobs_run").on(t.tenantId, t.runId),
      k
        .foreignKey({
          name: "jobs_run_fk",
          columns: [t.tenantId, t.runId],
          foreignColumns: [runs.tenantId, runs.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("jobs", t.tenantId),
    ],
  );

  return { suites, suiteVersions, runs, results, cachedAnswers, jobs };
}

export type EvaluationTables = ReturnType<typeof defineEvaluationTables>;
