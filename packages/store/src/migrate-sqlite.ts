import { invariant } from "@assay/core";
import type SqliteDatabase from "better-sqlite3";
import { type Migration, pendingMigrations, readMigrations } from "./migrations.ts";

/** The table that drizzle's own migrator keeps. */
const CREATE_JOURNAL =
  "create table if not exists __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)";

/**
 * Brings a database to the newest schema, all or nothing. Our own and not drizzle's migrator, which checks foreign
 * keys never, and lets two processes that start at once run the same migration.
 */
export function migrateSqlite(
  writer: SqliteDatabase.Database,
  migrations: Migration[] = readMigrations("sqlite"),
): void {
  // Must be off before the transaction, which ignores the pragma: a table that a migration rebuilds would cascade
  // its deletes (drizzle-team/drizzle-orm#5782).
  writer.pragma("foreign_keys = OFF");
  writer.exec("BEGIN IMMEDIATE");
  try {
    migrateInTransaction(writer, migrations);
    writer.exec("COMMIT");
  } catch (error) {
    if (writer.inTransaction) writer.exec("ROLLBACK");
    throw error;
  }
  writer.pragma("foreign_keys = ON");
}

function migrateInTransaction(writer: SqliteDatabase.Database, migrations: Migration[]): void {
  writer.exec(CREATE_JOURNAL);
  const newest = writer.prepare("select max(created_at) as createdAt from __drizzle_migrations").get();
  const { createdAt } = newest as { createdAt: number | null };
  const journal = writer.prepare("insert into __drizzle_migrations (hash, created_at) values (?, ?)");
  for (const migration of pendingMigrations(migrations, createdAt ?? undefined)) {
    for (const statement of migration.statements) writer.exec(statement);
    journal.run(migration.hash, migration.createdAt);
  }
  const violations = writer.pragma("foreign_key_check") as unknown[];
  invariant(violations.length === 0, `a migration broke foreign keys: ${JSON.stringify(violations)}`);
}
