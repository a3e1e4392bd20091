import { sql } from "drizzle-orm";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kits } from "./kit.ts";
import { openStore } from "./open-store.ts";
import { defineSchema } from "./schema/index.ts";
import { fillTenant } from "./testing/fill-tenant.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { createPostgresDatabase } from "./testing/postgres-database.ts";
import { type PostgresServer, startPostgres } from "./testing/postgres-server.ts";

// Tables by name, whatever the dialect calls their columns.
const schema = Object.values(defineSchema(kits.sqlite)).map((table) => {
  const { name } = getTableConfig(table);
  return { name, isTenants: "tenantId" in table };
});
const tenantTables = schema.filter(({ isTenants }) => isTenants).map(({ name }) => name);
const platformTables = schema.filter(({ isTenants }) => !isTenants).map(({ name }) => name);

async function withClient<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe("row-level security", () => {
  test("is on for every tenant's table, for reading and for writing", async () => {
    await using database = await openTestStore("postgres");
    await withClient(database.location, async (client) => {
      const { rows } = await client.query(
        `select c.relname as name, c.relrowsecurity as on, p.polcmd as command, p.polpermissive as permissive,
           pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as with_check
         from pg_class c left join pg_policy p on p.polrelid = c.oid
         where c.relname = any($1) and c.relkind = 'r'`,
        [tenantTables],
      );
      const own = "(tenant_id = current_setting('app.tenant_id'::text, true))";
      const wall = { on: true, command: "*", permissive: true, using: own, with_check: own };
      const expected = tenantTables.map((name) => ({ name, ...wall }));
      expect(rows.sort((a, b) => a.name.localeCompare(b.name))).toEqual(
        expected.sort((a, b) => a.name.localeCompare(b.name)),
      );
    });
  });

  test("binds the tenants' role, which owns nothing, cannot log in and may touch only what it must", async () => {
    await using database = await openTestStore("postgres");
    await withClient(database.location, async (client) => {
      const { rows: roles } = await client.query(
        "select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles where rolname = 'assay_tenant'",
      );
      const no = { rolsuper: false, rolbypassrls: false, rolcanlogin: false };
      expect(roles).toEqual([{ ...no, rolcreaterole: false, rolcreatedb: false }]);
      const { rows: owned } = await client.query(
        "select relname from pg_class where relowner = 'assay_tenant'::regrole",
      );
      expect(owned).toEqual([]);
      const { rows: grants } = await client.query<{ name: string; rights: string }>(
        `select table_name as name, string_agg(privilege_type, ' ' order by privilege_type) as rights
         from information_schema.role_table_grants where grantee = 'assay_tenant' group by table_name`,
      );
      const rights = Object.fromEntries(grants.map((grant) => [grant.name, grant.rights]));
      const expected = Object.fromEntries(tenantTables.map((name) => [name, "DELETE INSERT SELECT UPDATE"]));
      expected.audit_entries = "INSERT SELECT";
      const ofPeople = ["users", "sessions", "accounts", "verifications"];
      expect(platformTables.sort()).toEqual(
        ["operator_keys", "platform_audit", "shared_models", "tenants", ...ofPeople].sort(),
      );
      expect(rights).toEqual({ ...expected, tenants: "SELECT", shared_models: "SELECT" });
    });
  });

  test("shows no row where no tenant is set, and refuses another tenant's row", async () => {
    await using database = await openTestStore("postgres");
    const a = await fillTenant(database.store, "airline");
    const b = await fillTenant(database.store, "bank");
    await withClient(database.location, async (client) => {
      await client.query("set role assay_tenant");
      for (const table of [...tenantTables, "tenants"]) {
        const { rowCount } = await client.query(`select * from "${table}"`);
        expect([table, rowCount]).toEqual([table, 0]);
      }
      await client.query("select set_config('app.tenant_id', $1, false)", [a.id]);
      for (const table of tenantTables) {
        const { rows } = await client.query(`select tenant_id from "${table}"`);
        expect([table, rows]).toEqual([table, [{ tenant_id: a.id }]]);
      }
      const insert = client.query("insert into suites values ($1, 'x', 'x', now())", [b.id]);
      await expect(insert).rejects.toThrow("row-level security");
      const move = client.query("update suites set tenant_id = $1", [b.id]);
      await expect(move).rejects.toThrow("row-level security");
    });
  });

  test("holds inside the store too, below the predicate that the store adds", async () => {
    await using database = await openTestStore("postgres");
    const a = await fillTenant(database.store, "airline");
    await fillTenant(database.store, "bank");
    const [seen] = await database.store.forTenant(a.id).read((tx) =>
      tx.aggregate(tx.tables.prompts, {
        // What no reviewer would let through: a subquery that knows no tenant.
        columns: { prompts: sql`(select count(*) from prompts)`.mapWith(Number), user: sql`current_user` },
      }),
    );
    expect(seen).toEqual({ prompts: 1, user: "assay_tenant" });
  });

  test("a connection that goes back to the pool keeps neither tenant nor role", async () => {
    await using database = await openTestStore("postgres");
    const { store } = database;
    const a = await fillTenant(store, "airline");
    const tenant = store.forTenant(a.id);
    const ask = sql`select current_user as "user", coalesce(current_setting('app.tenant_id', true), '') as tenant`;
    const usedBy = await Promise.all(
      Array.from({ length: 12 }, () => tenant.read((tx) => tx.count(tx.tables.keys))),
    );
    await expect(tenant.record(() => Promise.reject(new Error("late")))).rejects.toThrow("late");
    expect(usedBy).toEqual(Array.from({ length: 12 }, () => 1));
    const found = await Promise.all(
      Array.from({ length: 12 }, () => store.readPlatform(({ session }) => session.execute(ask))),
    );
    expect(found).toEqual(Array.from({ length: 12 }, () => [{ user: "postgres", tenant: "" }]));
  });
});

/** What belongs to a whole server, and so is tried on a server of its own. */
describe("a database user", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  async function openAs(user: string, url: string): Promise<string> {
    const own = new URL(url);
    own.username = user;
    own.password = "secret";
    await using store = await openStore(own.href).then((opened) => ({
      ...opened,
      [Symbol.asyncDispose]: () => opened.close(),
    }));
    await fillTenant(store, user);
    const counted = await store.readPlatform(({ session }) => session.db.$count(session.tables.prompts));
    return `${user} sees ${counted}`;
  }

  test("needs the right to create a role, or somebody who made it", async () => {
    await using database = await createPostgresDatabase(server.adminUrl, "empty");
    const name = new URL(database.url).pathname.slice(1);
    await withClient(database.url, async (client) => {
      await client.query("create role plain login password 'secret'");
      await client.query("grant all on schema public to plain");
      await client.query(`grant create on database ${name} to plain`);
    });
    await expect(openAs("plain", database.url)).rejects.toThrow(/create role assay_tenant nologin/);
    await withClient(database.url, async (client) => {
      await client.query("create role assay_tenant nologin nobypassrls");
      await client.query("grant assay_tenant to plain");
    });
    expect(await openAs("plain", database.url)).toBe("plain sees 1");
    await withClient(database.url, (client) =>
      client.query("drop owned by plain, assay_tenant; drop role assay_tenant"),
    );
  });

  test("with CREATEROLE and no other right sets everything up alone", async () => {
    await using database = await createPostgresDatabase(server.adminUrl, "empty");
    await withClient(database.url, async (client) => {
      await client.query("create role maker login createrole password 'secret'");
      await client.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to maker`);
      await client.query("alter schema public owner to maker");
    });
    expect(await openAs("maker", database.url)).toBe("maker sees 1");
  });

  test("who does not own the tables is refused instead of seeing nothing", async () => {
    await using database = await createPostgresDatabase(server.adminUrl);
    await withClient(database.url, async (client) => {
      await client.query("create role guest login password 'secret'");
      await client.query(
        "grant usage on schema drizzle to guest; grant select on all tables in schema drizzle to guest",
      );
    });
    await expect(openAs("guest", database.url)).rejects.toThrow("must own Assay's tables");
  });

  test("is refused where the tenants' role bypasses the walls", async () => {
    await using database = await createPostgresDatabase(server.adminUrl);
    const alter = (rights: string) =>
      withClient(database.url, (client) => client.query(`alter role assay_tenant ${rights}`));
    for (const rights of ["bypassrls", "superuser"]) {
      await alter(rights);
      await expect(openStore(database.url)).rejects.toThrow("bypasses row-level security");
      await alter(`no${rights}`);
    }
    await (await openStore(database.url)).close();
  });
});
