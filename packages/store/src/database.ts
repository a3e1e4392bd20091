import type { SQL } from "drizzle-orm";
import type { BaseSQLiteDatabase, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Dialect } from "./kit.ts";
import type { Schema } from "./schema/index.ts";
import type { Session } from "./session.ts";

type FullDatabase = BaseSQLiteDatabase<"async", unknown, Record<string, never>>;

/** What shared query code may use: nothing whose meaning differs between the dialects. */
export type Database = Pick<
  FullDatabase,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count"
>;

/**
 * Inserts rows without giving them back; with `ifAbsent` those whose key is there already are left out. Answers how
 * many were inserted.
 */
export type InsertRows = (
  table: SQLiteTable,
  rows: readonly object[],
  options: { ifAbsent: boolean },
) => Promise<number>;

/** One of a driver's ways to its database. */
export interface Connection {
  dialect: Dialect;
  tables: Schema;
  db: Database;
  insertRows: InsertRows;
  execute(query: SQL): Promise<Record<string, unknown>[]>;
}

/** Who a transaction acts for. `platform` sees every row and is handed to the files under platform/ only. */
export type Actor = { kind: "tenant"; tenantId: string } | { kind: "platform" };

export type Access = "read" | "write";

export interface WriteOptions {
  /**
   * On SQLite, `beside` syncs after the commit while the process goes on, and `write` settles only then. Others may see
   * what was written some milliseconds before it would survive a power cut: for records that promise nobody anything by
   * being seen. Postgres never holds the process.
   */
  sync?: "within" | "beside";
}

/** The two dialects behind one interface. A nested call joins the transaction it is made in. */
export interface Driver {
  dialect: Dialect;
  /** A read-only transaction on Postgres; on SQLite every statement is a snapshot of its own. */
  read<R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R>;
  /** Serialised on SQLite (one writer, BEGIN IMMEDIATE), a transaction on Postgres. Rolled back when `work` throws. */
  write<R>(actor: Actor, work: (session: Session) => Promise<R>, options?: WriteOptions): Promise<R>;
  close(): Promise<void>;
}
