import { invariant } from "@assay/core";
import { and, eq, type InferSelectModel, inArray, sql } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { LabelKey } from "./labels.ts";

export type GateRow = InferSelectModel<Schema["gates"]>;
type SuiteVersion = InferSelectModel<Schema["suiteVersions"]>;
type DatasetVersion = InferSelectModel<Schema["datasetVersions"]>;

/** A gate with the suite version it names, whose gate block is its policy, and the dataset version it asks for. */
export interface GateInForce {
  gate: GateRow;
  suiteVersion: SuiteVersion;
  suiteSlug: string;
  datasetVersion: DatasetVersion;
}

export async function findGate(
  tx: TenantTx,
  { promptId, label }: LabelKey,
): Promise<GateInForce | undefined> {
  const { gates } = tx.tables;
  const [gate] = await readGates(tx, and(eq(gates.promptId, promptId), eq(gates.label, label)));
  return gate;
}

/** By label. */
export async function listGateRows(tx: TenantTx, promptId: string): Promise<GateInForce[]> {
  return await readGates(tx, eq(tx.tables.gates.promptId, promptId));
}

async function readGates(tx: TenantTx, where: ReturnType<typeof and>): Promise<GateInForce[]> {
  const { gates, suiteVersions } = tx.tables;
  const rows = await tx.join(
    { left: gates, right: suiteVersions, on: eq(suiteVersions.id, gates.suiteVersionId) },
    { where, orderBy: [gates.label] },
  );
  const slugs = await suiteSlugs(
    tx,
    rows.map(({ right }) => right.suiteId),
  );
  const datasetVersions = await datasetVersionsOf(
    tx,
    rows.map(({ left }) => left.datasetVersionId),
  );
  return rows.map(({ left, right }) => {
    const datasetVersion = datasetVersions.get(left.datasetVersionId);
    invariant(datasetVersion !== undefined, "a gate's dataset version cannot be removed");
    return { gate: left, suiteVersion: right, suiteSlug: slugs.get(right.suiteId) ?? "", datasetVersion };
  });
}

async function datasetVersionsOf(tx: TenantTx, ids: string[]): Promise<Map<string, DatasetVersion>> {
  if (ids.length === 0) return new Map();
  const { datasetVersions } = tx.tables;
  const rows = await tx.select(datasetVersions, { where: inArray(datasetVersions.id, [...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row]));
}

async function suiteSlugs(tx: TenantTx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { suites } = tx.tables;
  const rows = await tx.select(suites, { where: inArray(suites.id, [...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row.slug]));
}

interface GatePins {
  suiteVersionId: string;
  /** Of the suite version's dataset. */
  datasetVersionId: string;
  /** Whose approval a move needs; null for nobody's. */
  approval: GateRow["approval"];
}

/** Puts or replaces a gate. The caller holds the prompt's row, so that no label moves meanwhile. */
export async function putGateRow(
  tx: TenantTx,
  { promptId, label, now, ...pinned }: LabelKey & GatePins & { now: Date },
): Promise<GateRow> {
  const { gates } = tx.tables;
  const where = sql`${eq(gates.promptId, promptId)} and ${eq(gates.label, label)}`;
  const [updated] = await tx.update(gates, { ...pinned, updatedAt: now }, where);
  return updated ?? (await tx.insert(gates, { promptId, label, ...pinned, updatedAt: now }));
}

/** Answers whether there was one. */
export async function deleteGateRow(tx: TenantTx, { promptId, label }: LabelKey): Promise<boolean> {
  const { gates } = tx.tables;
  const where = sql`${eq(gates.promptId, promptId)} and ${eq(gates.label, label)}`;
  return (await tx.delete(gates, where)).length > 0;
}
