import {
  and,
  asc,
  desc,
  eq,
  gt,
  type InferInsertModel,
  type InferSelectModel,
  inArray,
  lte,
  max,
  or,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type SuiteRow = InferSelectModel<Schema["suites"]>;
export type SuiteVersionRow = InferSelectModel<Schema["suiteVersions"]>;
type SuiteVersionInsert = Omit<InferInsertModel<Schema["suiteVersions"]>, "tenantId" | "id" | "createdAt">;

export async function findSuiteBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<SuiteRow | undefined> {
  return await tx.find(tx.tables.suites, eq(tx.tables.suites.slug, slug), lock);
}

/** Answers the suite's row, locked; makes it first where there is none. `created` says which. */
export async function ensureSuite(
  tx: TenantTx,
  slug: string,
): Promise<{ suite: SuiteRow | undefined; created: boolean }> {
  const row = { id: newId("suite"), slug, createdAt: new Date() };
  const created = await tx.insertIfAbsent(tx.tables.suites, row);
  return { suite: await findSuiteBySlug(tx, slug, true), created };
}

export async function countSuites(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.suites);
}

export async function insertSuiteVersion(tx: TenantTx, draft: SuiteVersionInsert): Promise<SuiteVersionRow> {
  const row = { id: newId("suiteVersion"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.suiteVersions, row, "The suite got another version meanwhile.");
}

export async function findNewestSuiteVersion(
  tx: TenantTx,
  suiteId: string,
): Promise<SuiteVersionRow | undefined> {
  const { suiteVersions } = tx.tables;
  const [row] = await tx.select(suiteVersions, {
    where: eq(suiteVersions.suiteId, suiteId),
    orderBy: [desc(suiteVersions.version)],
    limit: 1,
  });
  return row;
}

export async function findSuiteVersion(
  tx: TenantTx,
  suiteId: string,
  version: number,
): Promise<SuiteVersionRow | undefined> {
  const { suiteVersions } = tx.tables;
  const where = and(eq(suiteVersions.suiteId, suiteId), eq(suiteVersions.version, version));
  const [row] = await tx.select(suiteVersions, { where, limit: 1 });
  return row;
}

/** A version of a suite and those before it, newest first. */
export async function listSuiteVersionsUpTo(
  tx: TenantTx,
  { suiteId, version }: Pick<SuiteVersionRow, "suiteId" | "version">,
  limit: number,
): Promise<SuiteVersionRow[]> {
  const { suiteVersions } = tx.tables;
  return await tx.select(suiteVersions, {
    where: and(eq(suiteVersions.suiteId, suiteId), lte(suiteVersions.version, version)),
    orderBy: [desc(suiteVersions.version)],
    limit,
  });
}

/** Suites by slug, each with its newest version. */
export async function listNewestSuiteVersions(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<{ suite: SuiteRow; newest: SuiteVersionRow }[]> {
  const { suites } = tx.tables;
  const where = page.after === undefined ? undefined : gt(suites.slug, page.after);
  const rows = await tx.select(suites, { where, orderBy: [asc(suites.slug)], limit: page.limit });
  const versions = await newestVersionsOf(
    tx,
    rows.map((row) => row.id),
  );
  return rows.flatMap((suite) => {
    const newest = versions.get(suite.id);
    return newest === undefined ? [] : [{ suite, newest }];
  });
}

/** Newest version by suite id. */
export async function newestVersionsOf(
  tx: TenantTx,
  suiteIds: readonly string[],
): Promise<Map<string, SuiteVersionRow>> {
  if (suiteIds.length === 0) return new Map();
  const { suiteVersions } = tx.tables;
  const newest = await tx.aggregate(suiteVersions, {
    columns: { suiteId: suiteVersions.suiteId, version: max(suiteVersions.version) },
    where: inArray(suiteVersions.suiteId, [...suiteIds]),
    groupBy: [suiteVersions.suiteId],
  });
  const each = newest.map(({ suiteId, version }) =>
    and(eq(suiteVersions.suiteId, String(suiteId)), eq(suiteVersions.version, Number(version))),
  );
  const rows = each.length === 0 ? [] : await tx.select(suiteVersions, { where: or(...each) });
  return new Map(rows.map((row) => [row.suiteId, row]));
}
