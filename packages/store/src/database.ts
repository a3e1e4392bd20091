import type { SQL } from "drizzle-orm";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Dialect } from "./kit.ts";
import type { Schema } from "./schema/index.ts";

type FullDatabase = BaseSQLiteDatabase<"async", unknown, Record<string, never>>;

/** What shared query code may use: nothing whose meaning differs between the dialects. */
export type Database = Pick<
  FullDatabase,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count"
>;

/** One open transaction (or, on SQLite, one read snapshot per statement). */
export interface Session {
  db: Database;
  tables: Schema;
  dialect: Dialect;
  /** Raw statements: the queue's claim and health checks only. */
  execute(query: SQL): Promise<Record<string, unknown>[]>;
}

/** Who a transaction acts for. `platform` sees every row and is handed to the files under platform/ only. */
export type Actor = { kind: "tenant"; tenantId: string } | { kind: "platform" };

/** The two dialects behind one interface. A nested call joins the transaction it is made in. */
export interface Driver {
  dialect: Dialect;
  read<R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R>;
  /** Serialised on SQLite (one writer, BEGIN IMMEDIATE), a transaction on Postgres. Rolled back when `work` throws. */
  write<R>(actor: Actor, work: (session: Session) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

/** A joined transaction must act for the same tenant, or one tenant's work could run under another's name. */
export function sameActor(a: Actor, b: Actor): boolean {
  return a.kind === "tenant" && b.kind === "tenant" ? a.tenantId === b.tenantId : a.kind === b.kind;
}
