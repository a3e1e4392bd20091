import { and, eq, type InferSelectModel, inArray, lt } from "../drizzle.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type PromptDraftRow = InferSelectModel<Schema["promptDrafts"]>;

/** A draft belongs to one actor and one prompt. */
export interface DraftKey {
  promptId: string;
  actor: string;
}

function ofKey(tx: TenantTx, { promptId, actor }: DraftKey) {
  const { promptDrafts } = tx.tables;
  return and(eq(promptDrafts.promptId, promptId), eq(promptDrafts.actor, actor));
}

export async function findDraft(tx: TenantTx, key: DraftKey): Promise<PromptDraftRow | undefined> {
  const [row] = await tx.select(tx.tables.promptDrafts, { where: ofKey(tx, key), limit: 1 });
  return row;
}

/** When each of an actor's drafts of these prompts was kept, by prompt id; without the texts. */
export async function findDraftTimes(
  tx: TenantTx,
  { promptIds, actor }: { promptIds: readonly string[]; actor: string },
): Promise<Map<string, { baseVersion: number | null; updatedAt: Date }>> {
  if (promptIds.length === 0) return new Map();
  const { promptDrafts } = tx.tables;
  const { promptId, baseVersion, updatedAt } = promptDrafts;
  const rows = await tx.aggregate(promptDrafts, {
    columns: { promptId, baseVersion, updatedAt },
    where: and(eq(promptDrafts.actor, actor), inArray(promptId, [...promptIds])),
  });
  return new Map(
    rows.map((row) => [
      String(row.promptId),
      {
        baseVersion: row.baseVersion === null ? null : Number(row.baseVersion),
        updatedAt: row.updatedAt as Date,
      },
    ]),
  );
}

/** Of the tenant, or of one actor in it. */
export async function countDrafts(tx: TenantTx, actor?: string): Promise<number> {
  const { promptDrafts } = tx.tables;
  return await tx.count(promptDrafts, actor === undefined ? undefined : eq(promptDrafts.actor, actor));
}

export interface DraftText {
  baseVersion: number | null;
  body: string;
  updatedAt: Date;
}

/** The first one of its key; undefined when there is one already. */
export async function insertDraft(
  tx: TenantTx,
  key: DraftKey,
  text: DraftText,
): Promise<PromptDraftRow | undefined> {
  const isNew = await tx.insertIfAbsent(tx.tables.promptDrafts, { ...key, ...text, revision: 1 });
  return isNew ? await findDraft(tx, key) : undefined;
}

/** Undefined when the draft is not at this revision any more. */
export async function replaceDraft(
  tx: TenantTx,
  { revision, ...key }: DraftKey & { revision: number },
  text: DraftText,
): Promise<PromptDraftRow | undefined> {
  const { promptDrafts } = tx.tables;
  const where = and(ofKey(tx, key), eq(promptDrafts.revision, revision));
  if (where === undefined) return undefined;
  const [row] = await tx.update(promptDrafts, { ...text, revision: revision + 1 }, where);
  return row;
}

/** Answers whether there was one; with a revision only at that one. */
export async function deleteDraft(
  tx: TenantTx,
  { revision, ...key }: DraftKey & { revision?: number },
): Promise<boolean> {
  const { promptDrafts } = tx.tables;
  const where = and(ofKey(tx, key), revision === undefined ? undefined : eq(promptDrafts.revision, revision));
  return where !== undefined && (await tx.delete(promptDrafts, where)).length > 0;
}

/** Drafts of anybody that were last touched before; answers how many there were. */
export async function deleteDraftsBefore(tx: TenantTx, before: Date): Promise<number> {
  const { promptDrafts } = tx.tables;
  return (await tx.delete(promptDrafts, lt(promptDrafts.updatedAt, before))).length;
}
