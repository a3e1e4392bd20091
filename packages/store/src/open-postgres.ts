import { AsyncLocalStorage } from "node:async_hooks";
import { invariant } from "@assay/core";
import { type SQL, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { type Actor, type Database, type Driver, type Session, sameActor } from "./database.ts";
import { kits } from "./kit.ts";
import { migrationsFolder } from "./migrations-folder.ts";
import { defineSchema } from "./schema/index.ts";

const POOL_CONNECTIONS_MAX = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** The role tenants' transactions run under: owns nothing, so row-level security binds it. Made by a migration. */
const TENANT_ROLE = "assay_tenant";
/** Any constant will do; it keeps two starting replicas from migrating at once. */
const MIGRATION_LOCK = 7_141_001;

type Transaction = Database & { execute(query: SQL): Promise<{ rows: Record<string, unknown>[] }> };

async function migratePostgres(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder("postgres") });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    client.release();
  }
}

/** Connects to (and migrates) a Postgres database. Tenant transactions give up the owner's rights first. */
export async function openPostgres(url: string): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // An idle connection that breaks must not crash the process; the next query gets a fresh one or a clear error.
  pool.on("error", () => undefined);
  await migratePostgres(pool);
  const db = drizzle(pool);
  const tables = defineSchema(kits.postgres);
  const current = new AsyncLocalStorage<{ actor: Actor; session: Session }>();

  const transact = async <R>(
    actor: Actor,
    work: (session: Session) => Promise<R>,
    accessMode: "read only" | "read write",
  ): Promise<R> => {
    const outer = current.getStore();
    if (outer !== undefined) {
      invariant(sameActor(outer.actor, actor), "a transaction is joined by another actor");
      return await work(outer.session);
    }
    return await db.transaction(
      async (transaction) => {
        const tx = transaction as unknown as Transaction;
        if (actor.kind === "tenant") {
          await tx.execute(sql`select set_config('app.tenant_id', ${actor.tenantId}, true)`);
          await tx.execute(sql.raw(`set local role ${TENANT_ROLE}`));
        }
        const session: Session = {
          db: tx,
          tables,
          dialect: "postgres",
          execute: async (query) => (await tx.execute(query)).rows,
        };
        return await current.run({ actor, session }, () => work(session));
      },
      { accessMode },
    );
  };

  return {
    dialect: "postgres",
    read: (actor, work) => transact(actor, work, "read only"),
    write: (actor, work) => transact(actor, work, "read write"),
    close: () => pool.end(),
  };
}
