import { invariant } from "@assay/core";
import pg from "pg";
import { connectClient } from "./connect-client.ts";
import type { Access, Actor, Connection, Database, Driver } from "./database.ts";
import { toStoreError } from "./database-error.ts";
import { drizzlePg } from "./drizzle.ts";
import { postgresInsertRows } from "./insert-rows.ts";
import { kits } from "./kit.ts";
import { migratePostgres } from "./migrate-postgres.ts";
import { defineSchema } from "./schema/index.ts";
import { Session } from "./session.ts";
import { SessionScope } from "./session-scope.ts";
import { TenantShare } from "./tenant-share.ts";

const POOL_CONNECTIONS_MAX = 10;
/** Transactions of one tenant at once, so that no tenant takes all connections. */
const TENANT_CONNECTIONS_MAX = 4;
/**
 * How long a tenant's transaction may wait for its own to end. As long as one may stand still, because those that wait
 * are also the results of its runs, which have been paid for.
 */
const TENANT_WAIT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** A transaction that forgot to end would hold its locks for ever. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000;
/** The role tenants' transactions run under: owns nothing, so row-level security binds it. Made by a migration. */
const TENANT_ROLE = "assay_tenant";

/** Refuses a database whose second wall does not stand, or whose platform would see nothing. */
async function assertWallsStand(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ bypasses: boolean; blinded: boolean }>(
    `select rolsuper or rolbypassrls as bypasses, row_security_active('tenants') as blinded
     from pg_roles where rolname = $1`,
    [TENANT_ROLE],
  );
  const [walls] = rows;
  if (walls === undefined || walls.bypasses) {
    throw new Error(
      `The role ${TENANT_ROLE} is missing, or bypasses row-level security; it must be neither superuser nor bypassrls.`,
    );
  }
  if (walls.blinded) {
    throw new Error("The database user must own Assay's tables: under another one it cannot see its rows.");
  }
}

/**
 * Gives up the owner's rights for the rest of the transaction. One statement does both, and its answer is checked, so
 * that a tenant's transaction cannot start without them.
 */
async function actAs(client: pg.PoolClient, actor: Actor): Promise<void> {
  if (actor.kind === "platform") return;
  const { rows } = await client.query<{ tenant: string; role: string }>(
    "select set_config('app.tenant_id', $1, true) as tenant, set_config('role', $2, true) as role",
    [actor.tenantId, TENANT_ROLE],
  );
  const isBound = rows[0]?.tenant === actor.tenantId && rows[0].role === TENANT_ROLE;
  invariant(isBound, "a tenant's transaction runs under its role");
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("commit");
  // Postgres answers ROLLBACK, and no error, when a statement failed and the code went on.
  invariant(command === "COMMIT", "a transaction in which a statement failed is committed");
}

/** Ends the transaction after a failure; a connection that cannot even do that is thrown away. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("rollback");
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function connectionOn(client: pg.PoolClient, tables: Connection["tables"]): Connection {
  const db = drizzlePg(client);
  const database = db as unknown as Database;
  return {
    dialect: "postgres",
    tables,
    db: database,
    insertRows: postgresInsertRows(database),
    execute: async (query) => (await db.execute(query)).rows,
  };
}

async function openPool(url: string): Promise<pg.Pool> {
  await migratePostgres(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  });
  // An idle connection that breaks must not crash the process; the next query gets a fresh one or a clear error.
  pool.on("error", () => undefined);
  try {
    await assertWallsStand(pool);
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Connects to (and migrates) a Postgres database. Tenant transactions give up the owner's rights first. */
export async function openPostgres(
  url: string,
  { tenantWaitMs = TENANT_WAIT_MS }: { tenantWaitMs?: number } = {},
): Promise<Driver> {
  const pool = await openPool(url);
  const tables = defineSchema(kits.postgres);
  const scope = new SessionScope();
  const share = new TenantShare({ atOnceMax: TENANT_CONNECTIONS_MAX, waitMs: tenantWaitMs });

  const transactOn = async <R>(
    client: pg.PoolClient,
    wanted: { actor: Actor; access: Access },
    work: (session: Session) => Promise<R>,
  ): Promise<R> => {
    await client.query(wanted.access === "read" ? "begin read only" : "begin");
    await actAs(client, wanted.actor);
    const result = await scope.run(new Session(connectionOn(client, tables), wanted), work);
    await commit(client);
    return result;
  };

  const transact = async <R>(
    wanted: { actor: Actor; access: Access },
    work: (session: Session) => Promise<R>,
  ): Promise<R> => {
    const client = await connectClient(pool);
    let broken: Error | undefined;
    try {
      return await transactOn(client, wanted, work);
    } catch (error) {
      broken = await rollBack(client);
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const transactInTurn: typeof transact = async (wanted, work) => {
    const { actor } = wanted;
    if (actor.kind === "platform") return await transact(wanted, work);
    return await share.run(actor.tenantId, () => transact(wanted, work));
  };

  const begin = async <R>(
    wanted: { actor: Actor; access: Access },
    work: (session: Session) => Promise<R>,
  ): Promise<R> => {
    try {
      return await (scope.join(wanted, work) ?? transactInTurn(wanted, work));
    } catch (error) {
      throw toStoreError(error);
    }
  };

  return {
    dialect: "postgres",
    read: (actor, work) => begin({ actor, access: "read" }, work),
    write: (actor, work) => begin({ actor, access: "write" }, work),
    close: () => pool.end(),
  };
}
