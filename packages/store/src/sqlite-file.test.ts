import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { StoreUnavailableError } from "./database-error.ts";
import { newId } from "./new-id.ts";
import { openStore, type TenantStore } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";
import { seedTenant } from "./testing/seed-tenant.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { startWriter } from "./testing/start-writer.ts";

function addTrace(tenant: TenantStore, number: number, filler = ""): Promise<unknown> {
  return tenant.record((tx) =>
    tx.insert(tx.tables.traces, {
      id: newId("trace"),
      model: "m",
      status: "completed",
      latencyMs: number,
      failureCode: filler,
      createdAt: new Date(),
    }),
  );
}

const NUMBERS = "select latency_ms from traces order by latency_ms";
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function integrityOf(file: string): unknown {
  const database = new SqliteDatabase(file);
  try {
    return database.pragma("integrity_check", { simple: true });
  } finally {
    database.close();
  }
}

test("the library is one without the bug that corrupted databases written and checkpointed by two connections", () => {
  const database = new SqliteDatabase(":memory:");
  const version = String(database.prepare("select sqlite_version()").pluck().get());
  database.close();
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003);
});

test("the file, its WAL and its index are readable by their owner alone", async () => {
  await using database = await openTestStore("sqlite");
  await seedTenant(database.store, "airline");
  for (const suffix of ["", "-wal", "-shm"]) {
    expect(statSync(`${database.location}${suffix}`).mode & 0o777).toBe(0o600);
  }
});

test("an acknowledged write is on the disk, and references are enforced", async () => {
  await using database = await openTestStore("sqlite");
  const pragmas = await database.store.writePlatform(async ({ session }) => [
    await session.execute(sql`pragma synchronous`),
    await session.execute(sql`pragma foreign_keys`),
    await session.execute(sql`pragma journal_mode`),
  ]);
  expect(pragmas).toEqual([[{ synchronous: 2 }], [{ foreign_keys: 1 }], [{ journal_mode: "wal" }]]);
});

test("one write happens at a time, whoever asks", async () => {
  await using database = await openTestStore("sqlite");
  const tenants = await Promise.all(["a", "b", "c"].map((slug) => seedTenant(database.store, slug)));
  let running = 0;
  const overlaps: number[] = [];
  const work = async () => {
    running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    overlaps.push(running);
    running -= 1;
  };
  const writes = upTo(30).map((number) =>
    database.store.forTenant(tenants[number % 3]?.id ?? "").record(work),
  );
  await Promise.all([...writes, database.store.writePlatform(work)]);
  expect(new Set(overlaps)).toEqual(new Set([1]));
});

test("checkpoints of another connection between and during writes lose and break nothing", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = database.store.forTenant((await seedTenant(database.store, "airline")).id);
  const other = new SqliteDatabase(database.location);
  const kinds = ["PASSIVE", "FULL", "RESTART", "TRUNCATE"];
  for (let round = 0; round < 40; round++) {
    const writes = upTo(10).map((number) => addTrace(tenant, round * 10 + number, "x".repeat(500)));
    const during = tenant.record(async () => {
      other.pragma("wal_checkpoint(PASSIVE)");
    });
    await Promise.all([...writes, during]);
    other.pragma(`wal_checkpoint(${kinds[round % kinds.length]})`);
    if (round % 10 === 9) expect(other.pragma("integrity_check", { simple: true })).toBe("ok");
  }
  expect(other.prepare(NUMBERS).pluck().all()).toEqual(upTo(400));
  other.close();
});

test("a full disk fails the write with a clear error, loses nothing and is recovered from without a restart", async () => {
  await using database = await openTestStore("sqlite");
  const { store } = database;
  const tenant = store.forTenant((await seedTenant(store, "airline")).id);
  const limitPages = (pages: number) =>
    store.writePlatform(({ session }) =>
      session.execute(sql`pragma max_page_count = ${sql.raw(String(pages))}`),
    );
  const [{ page_count: pages = 0 } = {}] = (await store.readPlatform(({ session }) =>
    session.execute(sql`pragma page_count`),
  )) as { page_count?: number }[];
  await limitPages(pages + 20);
  let written = 0;
  const fillUp = async () => {
    for (;;) {
      await addTrace(tenant, written + 1, "x".repeat(3_000));
      written += 1;
    }
  };
  await expect(fillUp()).rejects.toThrow(StoreUnavailableError);
  expect(written).toBeGreaterThan(0);
  const twice = tenant.record(async (tx) => {
    await tx.count(tx.tables.traces);
    await addTrace(tenant, 1_000, "x".repeat(100_000)).catch(() => undefined);
  });
  await expect(twice).rejects.toThrow(StoreUnavailableError);
  expect(await tenant.read((tx) => tx.count(tx.tables.traces))).toBe(written);
  await limitPages(1_000_000);
  await addTrace(tenant, written + 1, "x".repeat(3_000));
  expect(integrityOf(database.location)).toBe("ok");
  expect(await tenant.read((tx) => tx.count(tx.tables.traces))).toBe(written + 1);
});

test("what was acknowledged before a kill is there after it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-kill-"));
  const file = join(folder, "assay.sqlite");
  try {
    await using writer = startWriter(file);
    await writer.reach(100);
    await writer.kill();
    const acknowledged = writer.acknowledged();
    await (await openStore(file)).close();
    expect(integrityOf(file)).toBe("ok");
    const database = new SqliteDatabase(file);
    const numbers = database.prepare(NUMBERS).pluck().all();
    database.close();
    expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
    expect(numbers).toEqual(upTo(numbers.length));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function damage(bytes: Buffer, how: "flip" | "zero" | "cut", random: (below: number) => number): Buffer {
  const at = random(bytes.length);
  const copy = Buffer.from(bytes);
  if (how === "cut") return copy.subarray(0, at);
  if (how === "flip") copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
  else copy.fill(0, at, Math.min(copy.length, at + 4_096));
  return copy;
}

/** Reads a database as a starting server would: its numbers, or the error that stops it. */
async function readNumbers(file: string): Promise<unknown[] | Error> {
  try {
    await (await openStore(file)).close();
    if (integrityOf(file) !== "ok") return new Error("integrity_check");
    const database = new SqliteDatabase(file);
    try {
      return database.prepare(NUMBERS).pluck().all();
    } finally {
      database.close();
    }
  } catch (error) {
    return error as Error;
  }
}

test("a damaged WAL is found out or recovered to a prefix of what was written", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = database.store.forTenant((await seedTenant(database.store, "airline")).id);
  const checkpoint = new SqliteDatabase(database.location);
  checkpoint.pragma("wal_checkpoint(TRUNCATE)");
  for (const number of upTo(40)) await addTrace(tenant, number, "x".repeat(300));
  const [file, wal] = [readFileSync(database.location), readFileSync(`${database.location}-wal`)];
  checkpoint.close();
  const copy = `${database.location}-copy`;
  const random = seededRandom(49);
  const lengths = new Set<number>();
  for (let round = 0; round < 60; round++) {
    writeFileSync(copy, file);
    writeFileSync(
      `${copy}-wal`,
      damage(wal, (["flip", "zero", "cut"] as const)[round % 3] ?? "flip", random),
    );
    rmSync(`${copy}-shm`, { force: true });
    const numbers = await readNumbers(copy);
    if (numbers instanceof Error) continue;
    expect(numbers).toEqual(upTo(numbers.length));
    lengths.add(numbers.length);
  }
  // Else nothing was damaged, or everything was thrown away.
  expect(lengths.size).toBeGreaterThan(5);
});

// A flipped bit inside a value is beyond SQLite, which keeps no checksum of its pages: that is what the hashes of
// versions, of stored files and of backups are for.
test("a database file that is cut off or has pages zeroed is found out, or its rows are all there", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = database.store.forTenant((await seedTenant(database.store, "airline")).id);
  for (const number of upTo(40)) await addTrace(tenant, number, "x".repeat(300));
  const checkpoint = new SqliteDatabase(database.location);
  checkpoint.pragma("wal_checkpoint(TRUNCATE)");
  checkpoint.close();
  const whole = readFileSync(database.location);
  const copy = `${database.location}-copy`;
  const random = seededRandom(94);
  let found = 0;
  for (let round = 0; round < 40; round++) {
    writeFileSync(copy, damage(whole, round % 2 === 0 ? "cut" : "zero", random));
    for (const suffix of ["-wal", "-shm"]) rmSync(`${copy}${suffix}`, { force: true });
    const numbers = await readNumbers(copy);
    if (numbers instanceof Error) found += 1;
    else expect(numbers).toEqual(upTo(40));
  }
  expect(found).toBeGreaterThan(20);
});

test("a process that finds the database locked by another says so, and a file that is none is not touched", async () => {
  await using database = await openTestStore("sqlite");
  const tenant = await seedTenant(database.store, "airline");
  const other = new SqliteDatabase(database.location);
  other.exec("BEGIN IMMEDIATE");
  const write = addTrace(database.store.forTenant(tenant.id), 1);
  await expect(write).rejects.toThrow(StoreUnavailableError);
  other.exec("ROLLBACK");
  other.close();
  await addTrace(database.store.forTenant(tenant.id), 1);
  const text = `${database.location}.txt`;
  writeFileSync(text, "a letter to my grandmother, which is rather longer than sixteen bytes");
  copyFileSync(text, `${text}.copy`);
  await expect(openStore(text)).rejects.toThrow("not a database");
  expect(readFileSync(text)).toEqual(readFileSync(`${text}.copy`));
  expect(existsSync(`${text}-wal`)).toBe(false);
});
