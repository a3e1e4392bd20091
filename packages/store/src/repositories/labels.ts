import type { MoveKind } from "@assay/core";
import {
  and,
  asc,
  desc,
  eq,
  type InferSelectModel,
  inArray,
  isNotNull,
  lt,
  lte,
  ne,
  sql,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type LabelRow = InferSelectModel<Schema["labels"]>;
export type LabelMoveRow = InferSelectModel<Schema["labelMoves"]>;

/** A label of one prompt. */
export interface LabelKey {
  promptId: string;
  label: string;
}

export async function findLabelRow(
  tx: TenantTx,
  { promptId, label }: LabelKey,
): Promise<LabelRow | undefined> {
  const { labels } = tx.tables;
  return await tx.find(labels, sql`${eq(labels.promptId, promptId)} and ${eq(labels.name, label)}`);
}

/** By name. */
export async function listLabelRows(tx: TenantTx, promptId: string): Promise<LabelRow[]> {
  const { labels } = tx.tables;
  return await tx.select(labels, { where: eq(labels.promptId, promptId), orderBy: [labels.name] });
}

/** How many prompts have a label of each name, the most first. */
export async function countLabelNames(
  tx: TenantTx,
  { promptIds, limit }: { promptIds: readonly string[] | null; limit: number },
): Promise<{ name: string; prompts: number }[]> {
  const { labels } = tx.tables;
  const rows = await tx.aggregate(labels, {
    columns: { name: labels.name, prompts: sql`count(*)` },
    where: promptIds === null ? undefined : inArray(labels.promptId, [...promptIds]),
    groupBy: [labels.name],
    orderBy: [sql`count(*) desc`, asc(labels.name)],
    limit,
  });
  return rows.map(({ name, prompts }) => ({ name: String(name), prompts: Number(prompts) }));
}

/** Which of these names a label of the prompts has; null is all prompts. */
export async function findLabelNames(
  tx: TenantTx,
  { promptIds, names }: { promptIds: readonly string[] | null; names: readonly string[] },
): Promise<Set<string>> {
  const { labels } = tx.tables;
  const rows = await tx.aggregate(labels, {
    columns: { name: labels.name },
    where: and(
      inArray(labels.name, [...names]),
      promptIds === null ? undefined : inArray(labels.promptId, [...promptIds]),
    ),
    groupBy: [labels.name],
  });
  return new Set(rows.map(({ name }) => String(name)));
}

export async function countLabels(tx: TenantTx, promptId: string): Promise<number> {
  return await tx.count(tx.tables.labels, eq(tx.tables.labels.promptId, promptId));
}

/**
 * The version a label means at `now`, in one indexed read: an override that has expired means its fallback again.
 * Undefined when there is no such label, or an expired override had nothing to fall back to.
 */
export async function findLabelledVersion(tx: TenantTx, { promptId, label, now }: LabelKey & { now: Date }) {
  const { labels, promptVersions } = tx.tables;
  const hasExpired = and(isNotNull(labels.expiresAt), lte(labels.expiresAt, now));
  const effective = sql`case when ${hasExpired} then ${labels.fallbackVersionId} else ${labels.versionId} end`;
  const [row] = await tx.join(
    { left: labels, right: promptVersions, on: sql`${promptVersions.id} = ${effective}` },
    { where: and(eq(labels.promptId, promptId), eq(labels.name, label)), limit: 1 },
  );
  return row?.right;
}

export interface LabelMoveInsert extends LabelKey {
  fromVersionId: string | null;
  toVersionId: string;
  kind: MoveKind;
  verdictId: string | null;
  reason: string | null;
  expiresAt: Date | null;
  /** What the label means again after `expiresAt`. */
  fallbackVersionId: string | null;
  movedBy: string;
  now: Date;
}

/** Records a move and points the label. The caller holds the prompt's row, so that no two moves of it interleave. */
export async function moveLabelRow(tx: TenantTx, move: LabelMoveInsert): Promise<LabelRow> {
  const { labels, labelMoves } = tx.tables;
  const { promptId, label, now, fallbackVersionId, ...record } = move;
  const { id: moveId } = await tx.insert(labelMoves, {
    id: newId("labelMove"),
    promptId,
    label,
    createdAt: now,
    ...record,
  });
  const { toVersionId: versionId, expiresAt } = record;
  const target = { versionId, moveId, expiresAt, fallbackVersionId, updatedAt: now };
  const where = sql`${eq(labels.promptId, promptId)} and ${eq(labels.name, label)}`;
  const [updated] = await tx.update(labels, target, where);
  return updated ?? (await tx.insert(labels, { promptId, name: label, ...target }));
}

/** Newest first; `after` is the id of the last move of the page before. */
export async function listLabelMoveRows(
  tx: TenantTx,
  { promptId, label, after, limit }: LabelKey & { after?: string; limit: number },
): Promise<LabelMoveRow[]> {
  const { labelMoves } = tx.tables;
  return await tx.select(labelMoves, {
    where: and(
      eq(labelMoves.promptId, promptId),
      eq(labelMoves.label, label),
      after === undefined ? undefined : lt(labelMoves.id, after),
    ),
    orderBy: [desc(labelMoves.id)],
    limit,
  });
}

interface WantedMove extends LabelKey {
  /** Only moves to this version. */
  toVersionId?: string | undefined;
  /** Only moves to other versions. */
  notToVersionId?: string | undefined;
  /** Only moves of these kinds. */
  kinds: readonly MoveKind[];
  /** Only moves made before this one. */
  beforeMoveId?: string | undefined;
}

/** The newest move of a label among those asked for. */
export async function findNewestMove(tx: TenantTx, wanted: WantedMove): Promise<LabelMoveRow | undefined> {
  const { labelMoves } = tx.tables;
  const { promptId, label, toVersionId, notToVersionId, kinds, beforeMoveId } = wanted;
  const [row] = await tx.select(labelMoves, {
    where: and(
      eq(labelMoves.promptId, promptId),
      eq(labelMoves.label, label),
      inArray(labelMoves.kind, kinds),
      toVersionId === undefined ? undefined : eq(labelMoves.toVersionId, toVersionId),
      notToVersionId === undefined ? undefined : ne(labelMoves.toVersionId, notToVersionId),
      beforeMoveId === undefined ? undefined : lt(labelMoves.id, beforeMoveId),
    ),
    orderBy: [desc(labelMoves.id)],
    limit: 1,
  });
  return row;
}
