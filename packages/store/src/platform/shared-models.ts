import { AppError, invariant } from "@assay/core";
import { isUniqueViolation } from "../database-error.ts";
import { asc, eq, gt, type InferInsertModel, type InferSelectModel } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";
import type { Schema } from "../schema/index.ts";

type Row = InferSelectModel<Schema["sharedModels"]>;
type SharedModelInsert = Omit<InferInsertModel<Schema["sharedModels"]>, "id" | "createdAt">;

export async function insertSharedModel(tx: PlatformTx, draft: SharedModelInsert): Promise<Row> {
  const { db, tables } = tx.session;
  const values = { id: newId("model"), createdAt: new Date(), ...draft };
  try {
    const [row] = await db.insert(tables.sharedModels).values(values).returning();
    invariant(row !== undefined, "an insert returns its row");
    return row;
  } catch (error) {
    if (isUniqueViolation(error))
      throw new AppError("conflict", `A shared model "${draft.slug}" already exists.`);
    throw error;
  }
}

export async function findSharedModelBySlug(tx: PlatformTx, slug: string): Promise<Row | undefined> {
  const { db, tables } = tx.session;
  const { sharedModels } = tables;
  const [row] = await db.select().from(sharedModels).where(eq(sharedModels.slug, slug)).limit(1);
  return row;
}

export async function listSharedModelRows(
  tx: PlatformTx,
  page: { after?: string; limit: number },
): Promise<Row[]> {
  const { db, tables } = tx.session;
  return await db
    .select()
    .from(tables.sharedModels)
    .where(page.after === undefined ? undefined : gt(tables.sharedModels.slug, page.after))
    .orderBy(asc(tables.sharedModels.slug))
    .limit(page.limit);
}

export async function isSharedFileNamed(tx: PlatformTx, sha256: string): Promise<boolean> {
  const { db, tables } = tx.session;
  return (await db.$count(tables.sharedModels, eq(tables.sharedModels.sha256, sha256))) > 0;
}
