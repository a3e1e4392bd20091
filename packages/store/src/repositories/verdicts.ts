import type { VerdictClause, VerdictOutcome } from "@assay/core";
import { asc, eq, type InferSelectModel, inArray } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { RunRow } from "./runs.ts";

export type VerdictRow = InferSelectModel<Schema["verdicts"]>;

export interface VerdictInsert {
  runId: string;
  promptVersionId: string;
  label: string;
  /** Whose gate block was the policy. */
  suiteVersionId: string;
  evidenceSha256: string;
  incumbentRunId: string | null;
  outcome: VerdictOutcome;
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

/** The verdict that a label's move stands on; undefined for a move that needed none. */
export async function findVerdictOfMove(tx: TenantTx, moveId: string): Promise<VerdictRow | undefined> {
  const { labelMoves, verdicts } = tx.tables;
  const [row] = await tx.join(
    { left: labelMoves, right: verdicts, on: eq(verdicts.id, labelMoves.verdictId) },
    { where: eq(labelMoves.id, moveId), limit: 1 },
  );
  return row?.right;
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

type SuiteVersionRow = InferSelectModel<Schema["suiteVersions"]>;

/** The run and the policy that a label's move stands on; undefined for a move that needed none. */
export async function findEvidenceOfMove(
  tx: TenantTx,
  move: { verdictId: string | null },
): Promise<{ run: RunRow; suiteVersion: SuiteVersionRow } | undefined> {
  if (move.verdictId === null) return undefined;
  const { verdicts, runs, suiteVersions } = tx.tables;
  const isVerdict = eq(verdicts.id, move.verdictId);
  const [withRun] = await tx.join(
    { left: verdicts, right: runs, on: eq(runs.id, verdicts.runId) },
    { where: isVerdict, limit: 1 },
  );
  const [withSuite] = await tx.join(
    { left: verdicts, right: suiteVersions, on: eq(suiteVersions.id, verdicts.suiteVersionId) },
    { where: isVerdict, limit: 1 },
  );
  return withRun && withSuite && { run: withRun.right, suiteVersion: withSuite.right };
}
