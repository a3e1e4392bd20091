import type { ClauseOutcome, VerdictClause } from "@assay/core";
import { asc, type InferSelectModel, inArray } from "drizzle-orm";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type VerdictRow = InferSelectModel<Schema["verdicts"]>;

export interface VerdictInsert {
  runId: string;
  promptVersionId: string;
  label: string;
  /** Whose gate block was the policy. */
  suiteVersionId: string;
  evidenceSha256: string;
  incumbentRunId: string | null;
  outcome: ClauseOutcome;
  clauses: VerdictClause[];
  createdAt: Date;
}

export async function insertVerdict(tx: TenantTx, draft: VerdictInsert): Promise<VerdictRow> {
  return await tx.insert(tx.tables.verdicts, { id: newId("verdict"), ...draft });
}

export async function findVerdicts(tx: TenantTx, ids: string[]): Promise<Map<string, VerdictRow>> {
  if (ids.length === 0) return new Map();
  const { verdicts } = tx.tables;
  const rows = await tx.select(verdicts, { where: inArray(verdicts.id, [...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every verdict that was based on one of the runs, oldest first, by run id. */
export async function listVerdictsOfRuns(tx: TenantTx, runIds: string[]): Promise<Map<string, VerdictRow[]>> {
  if (runIds.length === 0) return new Map();
  const { verdicts } = tx.tables;
  const rows = await tx.select(verdicts, {
    where: inArray(verdicts.runId, runIds),
    orderBy: [asc(verdicts.id)],
  });
  return Map.groupBy(rows, (row) => row.runId);
}
