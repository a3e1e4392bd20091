import pg from "pg";
import { type Migration, pendingMigrations, readMigrations } from "./migrations.ts";

/** Any constant will do; it keeps two starting replicas from migrating at once. */
const MIGRATION_LOCK = 7_141_001;
const INSUFFICIENT_PRIVILEGE = "42501";

/** The table that drizzle's own migrator keeps. */
const CREATE_JOURNAL = `
  create schema if not exists drizzle;
  create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`;

/** Brings a database to the newest schema, all or nothing, on a connection of its own. */
export async function migratePostgres(
  url: string,
  migrations: Migration[] = readMigrations("postgres"),
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await migrateInTransaction(client, migrations);
    await client.query("commit");
  } catch (error) {
    throw explained(error);
  } finally {
    // Ending the connection rolls back what was not committed.
    await client.end();
  }
}

async function migrateInTransaction(client: pg.Client, migrations: Migration[]): Promise<void> {
  const { rows: journals } = await client.query<{ name: string | null }>(
    "select to_regclass('drizzle.__drizzle_migrations')::text as name",
  );
  // Asked first: `if not exists` needs the right to create even where nothing is to be created.
  if (journals[0]?.name == null) await client.query(CREATE_JOURNAL);
  const { rows } = await client.query<{ newest: string | null }>(
    "select max(created_at) as newest from drizzle.__drizzle_migrations",
  );
  const newest = rows[0]?.newest;
  for (const migration of pendingMigrations(migrations, newest == null ? undefined : Number(newest))) {
    for (const statement of migration.statements) await client.query(statement);
    await client.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)", [
      migration.hash,
      migration.createdAt,
    ]);
  }
}

function explained(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code !== INSUFFICIENT_PRIVILEGE) return error;
  return new Error(
    `The database user may not set up Assay's tables (${String(message)}). It must own the database and either have CREATEROLE, ` +
      "or an administrator runs once: create role assay_tenant nologin nobypassrls; grant assay_tenant to <the user>;",
    { cause: error },
  );
}
