import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import SqliteDatabase from "better-sqlite3";
import pg from "pg";
import { describe, expect, test } from "vitest";
import type { Dialect } from "./kit.ts";
import { migratePostgres } from "./migrate-postgres.ts";
import { migrateSqlite } from "./migrate-sqlite.ts";
import { type Migration, readMigrations } from "./migrations.ts";
import { openStore } from "./open-store.ts";
import { openTestLocation } from "./testing/open-test-store.ts";

const PACKAGE = join(import.meta.dirname, "..");

interface SnapshotTable {
  name: string;
  columns: Record<string, { name: string; type: string; notNull: boolean }>;
  foreignKeys: Record<string, { tableTo: string; columnsFrom: string[]; columnsTo: string[] }>;
}
type Row = Record<string, unknown>;

/** The first schema, as the generator described it: what an old database looks like, whatever the code says today. */
function firstTables(dialect: Dialect): SnapshotTable[] {
  const file = join(PACKAGE, "migrations", dialect, "meta", "0000_snapshot.json");
  const { tables } = JSON.parse(readFileSync(file, "utf8")) as { tables: Record<string, SnapshotTable> };
  const waiting = Object.values(tables);
  const sorted: SnapshotTable[] = [];
  while (waiting.length > 0) {
    const isReady = ({ foreignKeys }: SnapshotTable) =>
      Object.values(foreignKeys).every((key) => sorted.some(({ name }) => name === key.tableTo));
    const index = waiting.findIndex(isReady);
    sorted.push(...waiting.splice(index === -1 ? 0 : index, 1));
  }
  return sorted;
}

function sampleValue(table: string, column: string, type: string): unknown {
  if (/blob|bytea/.test(type)) return Buffer.from([1, 2, 3]);
  if (/bool/.test(type)) return true;
  if (/timestamp/.test(type)) return new Date(1_700_000_000_000);
  return /int|real|double/.test(type) ? 1 : `${table} ${column}`;
}

/** A row for each table that satisfies every reference. */
function sampleRows(tables: SnapshotTable[]): { table: string; row: Row }[] {
  const rows = new Map<string, Row>();
  for (const { name, columns, foreignKeys } of tables) {
    const row: Row = {};
    for (const column of Object.values(columns))
      row[column.name] = sampleValue(name, column.name, column.type);
    for (const { tableTo, columnsFrom, columnsTo } of Object.values(foreignKeys)) {
      const parent = rows.get(tableTo) ?? {};
      for (const [index, column] of columnsFrom.entries()) row[column] = parent[columnsTo[index] ?? ""];
    }
    rows.set(name, row);
  }
  return [...rows].map(([table, row]) => ({ table, row }));
}

/** One way to drive a raw database, the same for both dialects. */
interface RawDatabase extends AsyncDisposable {
  migrate(migrations: Migration[]): Promise<void>;
  insert(table: string, row: Row): Promise<void>;
  rows(table: string): Promise<Row[]>;
  /** Everything the database's catalogue says. */
  catalogue(): Promise<string>;
  location: string;
}

async function openRawSqlite(): Promise<RawDatabase> {
  const place = await openTestLocation("sqlite");
  const database = new SqliteDatabase(place.location);
  const names = (row: Row) => Object.keys(row).map((name) => `"${name}"`);
  return {
    location: place.location,
    migrate: async (migrations) => migrateSqlite(database, migrations),
    insert: async (table, row) => {
      const marks = names(row).map(() => "?");
      const insert = database.prepare(`insert into "${table}" (${names(row)}) values (${marks})`);
      insert.run(Object.values(row));
    },
    rows: async (table) => database.prepare(`select * from "${table}"`).all() as Row[],
    catalogue: async () =>
      JSON.stringify(database.prepare("select * from sqlite_schema order by name").all()),
    [Symbol.asyncDispose]: async () => {
      database.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

async function openRawPostgres(): Promise<RawDatabase> {
  const place = await openTestLocation("postgres", "empty");
  const client = new pg.Client({ connectionString: place.location });
  await client.connect();
  return {
    location: place.location,
    migrate: (migrations) => migratePostgres(place.location, migrations),
    insert: async (table, row) => {
      const names = Object.keys(row).map((name) => `"${name}"`);
      const marks = names.map((_, index) => `$${index + 1}`);
      await client.query(`insert into "${table}" (${names}) values (${marks})`, Object.values(row));
    },
    rows: async (table) => (await client.query<Row>(`select * from "${table}"`)).rows,
    catalogue: async () => {
      const { rows } = await client.query(
        `select relname, relkind, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace
         union all select tgname, 't', true from pg_trigger where not tgisinternal
         union all select proname, 'f', true from pg_proc where pronamespace = 'public'::regnamespace
         order by 1, 2`,
      );
      return JSON.stringify(rows);
    },
    [Symbol.asyncDispose]: async () => {
      await client.end();
      await place[Symbol.asyncDispose]();
    },
  };
}

const openRaw = (dialect: Dialect) => (dialect === "sqlite" ? openRawSqlite() : openRawPostgres());

async function readAll(database: RawDatabase, tables: SnapshotTable[]): Promise<Record<string, Row[]>> {
  const all: Record<string, Row[]> = {};
  for (const { name } of tables) all[name] = await database.rows(name);
  return all;
}

describe.each(["sqlite", "postgres"] as const)("migrations (%s)", (dialect) => {
  test("lose nothing of a filled database that was made by the first one", async () => {
    await using database = await openRaw(dialect);
    const migrations = readMigrations(dialect);
    const tables = firstTables(dialect);
    await database.migrate(migrations.slice(0, 1));
    for (const { table, row } of sampleRows(tables)) await database.insert(table, row);
    const before = await readAll(database, tables);
    expect(Object.values(before).map((rows) => rows.length)).toEqual(tables.map(() => 1));
    await (await openStore(database.location)).close();
    const after = await readAll(database, tables);
    for (const { name } of tables) expect([name, after[name]]).toMatchObject([name, before[name] ?? []]);
  });

  test("interrupted at any statement leave the old schema with its rows, and succeed the next time", {
    timeout: 240_000,
  }, async () => {
    await using database = await openRaw(dialect);
    const migrations = readMigrations(dialect);
    const [first, ...later] = migrations;
    if (first === undefined) throw new Error("There is a first migration.");
    const tables = firstTables(dialect);
    await database.migrate([first]);
    for (const { table, row } of sampleRows(tables)) await database.insert(table, row);
    const before = { rows: await readAll(database, tables), catalogue: await database.catalogue() };
    for (const [index, migration] of later.entries()) {
      for (let cut = 0; cut < migration.statements.length; cut++) {
        const broken = {
          ...migration,
          statements: [...migration.statements.slice(0, cut), "no such statement"],
        };
        await expect(database.migrate([first, ...later.slice(0, index), broken])).rejects.toThrow(
          "syntax error",
        );
        expect(await database.catalogue()).toBe(before.catalogue);
      }
    }
    expect(await readAll(database, tables)).toEqual(before.rows);
    await database.migrate(migrations);
    expect(await database.catalogue()).not.toBe(before.catalogue);
  });

  test("interrupted at any statement of the first one leave an empty database", async () => {
    await using database = await openRaw(dialect);
    const [first] = readMigrations(dialect);
    if (first === undefined) throw new Error("There is a first migration.");
    const before = await database.catalogue();
    for (const cut of [1, 10, Math.floor(first.statements.length / 2), first.statements.length]) {
      const broken = { ...first, statements: [...first.statements.slice(0, cut), "no such statement"] };
      await expect(database.migrate([broken])).rejects.toThrow("syntax error");
      expect(await database.catalogue()).toBe(before);
    }
  });

  test("refuse a database of a newer release", async () => {
    await using database = await openRaw(dialect);
    const newer = { statements: [], createdAt: Date.parse("2999-01-01"), hash: "x" };
    await database.migrate([...readMigrations(dialect), newer]);
    await expect(openStore(database.location)).rejects.toThrow("newer release");
  });

  test("run once when several processes start at once", async () => {
    await using place = await openTestLocation(dialect, "empty");
    const script = `
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, "open-store.ts"))});
      const store = await openStore(process.argv[1]);
      await store.ping();
      await store.close();`;
    const args = ["--input-type=module", "--eval", script, place.location];
    const starts = await Promise.allSettled([1, 2].map(() => promisify(execFile)(process.execPath, args)));
    expect(starts.map((start) => (start.status === "rejected" ? String(start.reason) : "started"))).toEqual(
      starts.map(() => "started"),
    );
  });
});

test("a migration that breaks a reference is refused as a whole", async () => {
  await using database = await openRaw("sqlite");
  const migrations = readMigrations("sqlite");
  await database.migrate(migrations);
  const [tenants] = sampleRows(firstTables("sqlite")).filter(({ table }) => table === "tenants");
  await database.insert("tenants", tenants?.row ?? {});
  await database.insert("suites", { tenant_id: tenants?.row.id, id: "s", slug: "s", created_at: 1 });
  const careless = { statements: ["delete from tenants"], createdAt: Date.parse("2900-01-01"), hash: "x" };
  await expect(database.migrate([...migrations, careless])).rejects.toThrow("broke foreign keys");
  expect(await database.rows("tenants")).toHaveLength(1);
});

test.each([
  ["sqlite", "sqlite"],
  ["postgres", "postgresql"],
])("the migrations say what the schema says: generating again finds nothing to do (%s)", (name, dialect) => {
  const generator = join(dirname(createRequire(import.meta.url).resolve("drizzle-kit")), "bin.cjs");
  const folder = mkdtempSync(join(tmpdir(), "assay-migrations-"));
  try {
    cpSync(join(PACKAGE, "migrations", name), join(folder, "migrations"), { recursive: true });
    const before = readdirSync(join(folder, "migrations"), { recursive: true });
    const schema = join(PACKAGE, "src", "schema", `${name}.ts`);
    writeFileSync(
      join(folder, "drizzle.config.json"),
      JSON.stringify({ dialect, schema, out: "migrations" }),
    );
    const said = execFileSync(process.execPath, [generator, "generate"], { cwd: folder, encoding: "utf8" });
    // Its exit status is 0 even when it failed.
    expect(said).toContain("No schema changes, nothing to migrate");
    expect(readdirSync(join(folder, "migrations"), { recursive: true })).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
