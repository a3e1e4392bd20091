import { randomBytes } from "node:crypto";
import pg from "pg";
import { openStore } from "../open-store.ts";

const TEMPLATE = "assay_template";
const TEMPLATE_LOCK = 7_141_900;

/** A database of its own on a server; dropped by disposing of it. */
export interface PostgresDatabase extends AsyncDisposable {
  url: string;
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Migrates once for each server, so that a test gets its database by a file copy. */
async function ensureTemplate(client: pg.Client, adminUrl: string): Promise<void> {
  await client.query("select pg_advisory_lock($1)", [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [TEMPLATE]);
    if (rowCount === 1) return;
    const unfinished = `${TEMPLATE}_new`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await (await openStore(databaseUrl(adminUrl, unfinished))).close();
    await client.query(`alter database ${unfinished} rename to ${TEMPLATE}`);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [TEMPLATE_LOCK]);
  }
}

/** Makes a database: migrated to the newest schema, or empty. */
export async function createPostgresDatabase(
  adminUrl: string,
  content: "migrated" | "empty" = "migrated",
): Promise<PostgresDatabase> {
  const name = `assay_${randomBytes(8).toString("hex")}`;
  await withClient(adminUrl, async (client) => {
    if (content === "migrated") await ensureTemplate(client, adminUrl);
    const template = content === "migrated" ? TEMPLATE : "template0";
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: databaseUrl(adminUrl, name),
    [Symbol.asyncDispose]: async () => {
      await withClient(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
