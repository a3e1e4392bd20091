import { invariant } from "@assay/core";
import type { CleanedWhere } from "@better-auth/core/db/adapter";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  type SQL,
} from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";
import { recordOpenedSession } from "./sessions.ts";

/** What better-auth calls our tables. */
export type AuthModel = "user" | "session" | "account" | "verification";
type AuthRow = Record<string, unknown>;
/** Conditions as better-auth writes them: all of them hold. */
export type AuthWhere = readonly CleanedWhere[];

function tableOf({ session }: PlatformTx, model: string): SQLiteTable & { id: SQLiteColumn } {
  const { users, sessions, accounts, verifications } = session.tables;
  const tables = { user: users, session: sessions, account: accounts, verification: verifications };
  invariant(Object.hasOwn(tables, model), `better-auth asks for a table of ours: ${model}`);
  return tables[model as AuthModel];
}

const COMPARISONS = { eq, ne, lt, lte, gt, gte } as const;

function condition(table: SQLiteTable, { field, operator, value, connector }: CleanedWhere): SQL {
  const column = getTableColumns(table)[field];
  invariant(column !== undefined, `better-auth asks for a column of ours: ${field}`);
  invariant(connector === "AND", "better-auth asks for one that meets all conditions");
  if (operator === "in" && Array.isArray(value)) return inArray(column, value);
  if (operator === "eq" && value === null) return isNull(column);
  const compare = COMPARISONS[operator as keyof typeof COMPARISONS];
  invariant(compare !== undefined && value !== null, `better-auth compares by ${operator}`);
  return compare(column, value);
}

/** An e-mail by itself means whoever logs in with it, and nobody whom a tenant's identity provider made. */
function whereOf(table: SQLiteTable, where: AuthWhere): SQL | undefined {
  const home = where.some(({ field }) => field === "email") ? getTableColumns(table).homeTenantId : undefined;
  const ownLogin = home === undefined ? undefined : eq(home, "");
  return and(ownLogin, ...where.map((one) => condition(table, one)));
}

export async function insertAuthRow(tx: PlatformTx, model: string, row: AuthRow): Promise<AuthRow> {
  const [inserted] = await tx.session.db
    .insert(tableOf(tx, model))
    .values(row as never)
    .returning();
  invariant(inserted !== undefined, "an insert returns its row");
  if (model === "session")
    await recordOpenedSession(tx, inserted as Parameters<typeof recordOpenedSession>[1]);
  return inserted as AuthRow;
}

interface WantedRows {
  where: AuthWhere;
  limit?: number | undefined;
  offset?: number | undefined;
  sortBy?: { field: string; direction: "asc" | "desc" } | undefined;
}

export async function selectAuthRows(
  tx: PlatformTx,
  model: string,
  { where, limit, offset, sortBy }: WantedRows,
): Promise<AuthRow[]> {
  const table = tableOf(tx, model);
  let query = tx.session.db.select().from(table).where(whereOf(table, where)).$dynamic();
  const sorted = sortBy && getTableColumns(table)[sortBy.field];
  if (sorted) query = query.orderBy(sortBy.direction === "desc" ? desc(sorted) : asc(sorted));
  if (limit !== undefined) query = query.limit(limit);
  if (offset !== undefined) query = query.offset(offset);
  return (await query) as AuthRow[];
}

export async function updateAuthRows(
  tx: PlatformTx,
  model: string,
  { where, changes }: { where: AuthWhere; changes: AuthRow },
): Promise<AuthRow[]> {
  const table = tableOf(tx, model);
  invariant(where.length > 0, "an update says of what");
  const update = tx.session.db.update(table).set(changes as never);
  return (await update.where(whereOf(table, where)).returning()) as AuthRow[];
}

export async function deleteAuthRows(tx: PlatformTx, model: string, where: AuthWhere): Promise<AuthRow[]> {
  const table = tableOf(tx, model);
  invariant(where.length > 0, "a deletion says of what");
  return (await tx.session.db.delete(table).where(whereOf(table, where)).returning()) as AuthRow[];
}

export async function countAuthRows(tx: PlatformTx, model: string, where: AuthWhere): Promise<number> {
  const table = tableOf(tx, model);
  return await tx.session.db.$count(table, whereOf(table, where));
}
