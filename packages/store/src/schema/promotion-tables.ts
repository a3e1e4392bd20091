import type { VerdictClause } from "@assay/core";
import type { Kit } from "../kit.ts";
import type { DatasetTables } from "./dataset-tables.ts";
import type { EvaluationTables } from "./evaluation-tables.ts";
import type { PlatformTables } from "./platform-tables.ts";
import type { RegistryTables } from "./registry-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

interface Parents {
  platform: PlatformTables;
  registry: RegistryTables;
  dataset: DatasetTables;
  evaluation: EvaluationTables;
}

/**
 * Gates, verdicts and labels. A trigger (migrations) refuses a label on a gated name whose move is not a passing
 * verdict for that very version on the gate's cases, an override, or a rollback to a version that held it, and one that
 * its gate wants approved without an approval of this very move: the last wall behind the code.
 */
export function definePromotionTables(k: Kit, { platform, registry, dataset, evaluation }: Parents) {
  const { prompts, promptVersions } = registry;
  const tenantId = () => tenantColumn(k, platform.tenants);

  const gates = k.table(
    "gates",
    {
      tenantId: tenantId(),
      promptId: k.text("prompt_id").notNull(),
      label: k.text("label").notNull(),
      suiteVersionId: k.text("suite_version_id").notNull(),
      /** The cases that evidence must be of; new ones count once the gate is set again. */
      datasetVersionId: k.text("dataset_version_id").notNull(),
      /** Who must approve a move, as the suite version's gate block says, for the trigger to read; null for nobody. */
      approval: k.enum("approval", ["anyone", "other"]),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.promptId, t.label] }),
      k
        .foreignKey({
          name: "gates_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "gates_suite_version_fk",
        columns: [t.tenantId, t.suiteVersionId],
        foreignColumns: [evaluation.suiteVersions.tenantId, evaluation.suiteVersions.id],
      }),
      k.foreignKey({
        name: "gates_dataset_version_fk",
        columns: [t.tenantId, t.datasetVersionId],
        foreignColumns: [dataset.datasetVersions.tenantId, dataset.datasetVersions.id],
      }),
      ...k.tenantPolicy("gates", t.tenantId),
    ],
  );

  const verdicts = k.table(
    "verdicts",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      runId: k.text("run_id").notNull(),
      promptVersionId: k.text("prompt_version_id").notNull(),
      label: k.text("label").notNull(),
      suiteVersionId: k.text("suite_version_id").notNull(),
      evidenceSha256: k.text("evidence_sha256").notNull(),
      /** The run of the incumbent that the candidate was paired with. */
      incumbentRunId: k.text("incumbent_run_id"),
      outcome: k.enum("outcome", ["pass", "fail", "inconclusive"]).notNull(),
      clauses: k.json<VerdictClause[]>("clauses").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.foreignKey({
        name: "verdicts_run_fk",
        columns: [t.tenantId, t.runId],
        foreignColumns: [evaluation.runs.tenantId, evaluation.runs.id],
      }),
      k.foreignKey({
        name: "verdicts_prompt_version_fk",
        columns: [t.tenantId, t.promptVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      ...k.tenantPolicy("verdicts", t.tenantId),
    ],
  );

  const labelMoves = k.table(
    "label_moves",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      promptId: k.text("prompt_id").notNull(),
      label: k.text("label").notNull(),
      fromVersionId: k.text("from_version_id"),
      toVersionId: k.text("to_version_id").notNull(),
      kind: k.enum("kind", ["unprotected", "gate", "override", "rollback"]).notNull(),
      verdictId: k.text("verdict_id"),
      reason: k.text("reason"),
      expiresAt: k.time("expires_at"),
      movedBy: k.text("moved_by").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("label_moves_label").on(t.tenantId, t.promptId, t.label),
      k
        .foreignKey({
          name: "label_moves_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "label_moves_from_fk",
        columns: [t.tenantId, t.fromVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "label_moves_to_fk",
        columns: [t.tenantId, t.toVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "label_moves_verdict_fk",
        columns: [t.tenantId, t.verdictId],
        foreignColumns: [verdicts.tenantId, verdicts.id],
      }),
      ...k.tenantPolicy("label_moves", t.tenantId),
    ],
  );

  /** A proposal to move a label to a version, and what became of it. */
  const changeRequests = k.table(
    "change_requests",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      promptId: k.text("prompt_id").notNull(),
      label: k.text("label").notNull(),
      /** What the label meant when it was proposed. */
      fromVersionId: k.text("from_version_id"),
      toVersionId: k.text("to_version_id").notNull(),
      title: k.text("title").notNull(),
      description: k.text("description").notNull(),
      status: k.enum("status", ["open", "approved", "rejected", "withdrawn", "carried_out"]).notNull(),
      proposedBy: k.text("proposed_by").notNull(),
      decidedBy: k.text("decided_by"),
      decisionReason: k.text("decision_reason"),
      decidedAt: k.time("decided_at"),
      /** What the approval was given on: where the label stood, the run and the suite version whose gate it passed. */
      approvedMoveId: k.text("approved_move_id"),
      approvedRunId: k.text("approved_run_id"),
      approvedSuiteVersionId: k.text("approved_suite_version_id"),
      /** The move that carried it out. */
      moveId: k.text("move_id"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.index("change_requests_label").on(t.tenantId, t.promptId, t.label, t.status),
      k.index("change_requests_status").on(t.tenantId, t.status, t.id),
      k
        .foreignKey({
          name: "change_requests_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "change_requests_from_fk",
        columns: [t.tenantId, t.fromVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "change_requests_to_fk",
        columns: [t.tenantId, t.toVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "change_requests_move_fk",
        columns: [t.tenantId, t.moveId],
        foreignColumns: [labelMoves.tenantId, labelMoves.id],
      }),
      ...k.tenantPolicy("change_requests", t.tenantId),
    ],
  );

  const labels = k.table(
    "labels",
    {
      tenantId: tenantId(),
      promptId: k.text("prompt_id").notNull(),
      name: k.text("name").notNull(),
      versionId: k.text("version_id").notNull(),
      /** The move that brought it here. */
      moveId: k.text("move_id").notNull(),
      /** Set by an override: from then on the label means `fallbackVersionId` again. */
      expiresAt: k.time("expires_at"),
      fallbackVersionId: k.text("fallback_version_id"),
      updatedAt: k.time("updated_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.promptId, t.name] }),
      k
        .foreignKey({
          name: "labels_prompt_fk",
          columns: [t.tenantId, t.promptId],
          foreignColumns: [prompts.tenantId, prompts.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "labels_version_fk",
        columns: [t.tenantId, t.versionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "labels_fallback_fk",
        columns: [t.tenantId, t.fallbackVersionId],
        foreignColumns: [promptVersions.tenantId, promptVersions.id],
      }),
      k.foreignKey({
        name: "labels_move_fk",
        columns: [t.tenantId, t.moveId],
        foreignColumns: [labelMoves.tenantId, labelMoves.id],
      }),
      ...k.tenantPolicy("labels", t.tenantId),
    ],
  );

  return { gates, verdicts, labelMoves, changeRequests, labels };
}
