import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { expect, test } from "vitest";
import { backupSqlite } from "./backup-sqlite.ts";
import { openFileStore } from "./file-store.ts";
import { openStore } from "./open-store.ts";
import { restoreBackup } from "./restore-backup.ts";
import { fillTenant } from "./testing/fill-tenant.ts";
import { seededRandom } from "./testing/seeded-random.ts";
import { startWriter } from "./testing/start-writer.ts";

interface Place extends Disposable {
  data: string;
  file: string;
  filesRoot: string;
  /** Where the tests put backups and restored folders. */
  path(name: string): string;
}

function makePlace(): Place {
  const root = mkdtempSync(join(tmpdir(), "assay-backup-"));
  const data = join(root, "data");
  mkdirSync(data);
  writeFileSync(join(data, "secret.key"), "the key");
  return {
    data,
    file: join(data, "assay.sqlite"),
    filesRoot: join(data, "files"),
    path: (name) => join(root, name),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A filled store with two kept files and one that is still arriving. */
async function fillPlace(place: Place): Promise<{ tenantId: string; shas: string[] }> {
  const store = await openStore(place.file);
  const { id } = await fillTenant(store, "airline");
  await store.close();
  const files = openFileStore(place.filesRoot);
  const bytes = (text: string) =>
    (async function* () {
      yield Buffer.from(text);
    })();
  const own = await files.take({ kind: "tenant", tenantId: id }, bytes("adapter"), { bytesMax: 100 });
  await own.keep();
  const shared = await files.take({ kind: "shared" }, bytes("model"), { bytesMax: 100 });
  await shared.keep();
  await files.take({ kind: "shared" }, bytes("arriving"), { bytesMax: 100 });
  return { tenantId: id, shas: [own.sha256, shared.sha256] };
}

function dump(file: string): Record<string, unknown[]> {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const tables = database
      .prepare("select name from sqlite_schema where type = 'table' order by name")
      .all();
    const read = ({ name }: { name: string }) => [name, database.prepare(`select * from "${name}"`).all()];
    return Object.fromEntries((tables as { name: string }[]).map(read));
  } finally {
    database.close();
  }
}

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

test("a backup restores to the same rows and files, readable by nobody else, without the secret key", async () => {
  using place = makePlace();
  const { tenantId, shas } = await fillPlace(place);
  const before = dump(place.file);
  await backupSqlite({ ...place, target: place.path("backup") });
  await restoreBackup({ source: place.path("backup"), target: place.path("restored") });
  const restored = place.path("restored");
  expect(dump(join(restored, "assay.sqlite"))).toEqual(before);
  const kept = [`files/shared/${shas[1]}.gguf`, `files/tenants/${tenantId}/${shas[0]}.gguf`];
  expect(filesBelow(restored)).toEqual(["assay.sqlite", ...kept]);
  expect(filesBelow(place.path("backup"))).toEqual(["assay.sqlite", ...kept, "manifest.json"]);
  for (const folder of ["backup", "restored"]) {
    expect(statSync(place.path(folder)).mode & 0o077).toBe(0);
    expect(statSync(join(place.path(folder), "assay.sqlite")).mode & 0o077).toBe(0);
  }
  const store = await openStore(join(restored, "assay.sqlite"));
  expect(await store.forTenant(tenantId).read((tx) => tx.count(tx.tables.prompts))).toBe(1);
  await store.close();
});

test("a backup taken while another process writes without pause is a prefix of what it wrote", async () => {
  using place = makePlace();
  await using writer = startWriter(place.file);
  for (const [index, name] of ["first", "second", "third"].entries()) {
    await writer.reach((index + 1) * 50);
    const acknowledged = writer.acknowledged();
    await backupSqlite({ ...place, target: place.path(name) });
    await restoreBackup({ source: place.path(name), target: place.path(`${name} restored`) });
    const restored = new SqliteDatabase(join(place.path(`${name} restored`), "assay.sqlite"));
    const rows = restored.prepare("select latency_ms from traces order by latency_ms").pluck().all();
    restored.close();
    expect(rows.length).toBeGreaterThanOrEqual(acknowledged);
    expect(rows).toEqual(Array.from(rows, (_, position) => position + 1));
  }
  await writer.reach(writer.acknowledged() + 10);
});

test("a backup with any byte changed, cut off or zeroed is refused", async () => {
  using place = makePlace();
  await fillPlace(place);
  const source = place.path("backup");
  const { entries } = await backupSqlite({ ...place, target: source });
  const random = seededRandom(49);
  for (let round = 0; round < 60; round++) {
    const file = join(source, entries[Math.floor(round / 3) % entries.length]?.path ?? "");
    const whole = readFileSync(file);
    const at = random(whole.length);
    const damaged = Buffer.from(whole);
    if (round % 3 === 0) damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8));
    if (round % 3 === 1)
      damaged.fill(damaged[at] === 0 ? 1 : 0, at, Math.min(whole.length, at + 1 + random(4_096)));
    // Written in place: the kept file is a hard link, and both names show the damage.
    writeFileSync(file, round % 3 === 2 ? whole.subarray(0, at) : damaged);
    await expect(restoreBackup({ source, target: place.path("restored") })).rejects.toThrow(/damaged/);
    expect(existsSync(place.path("restored"))).toBe(false);
    writeFileSync(file, whole);
  }
  await restoreBackup({ source, target: place.path("restored") });
});

test("a backup with a file missing, added, replaced by a link or from a newer release is refused", async () => {
  using place = makePlace();
  await fillPlace(place);
  const tamper = async (name: string, change: (source: string) => void) => {
    const source = place.path(name);
    await backupSqlite({ ...place, target: source });
    change(source);
    const restore = restoreBackup({ source, target: place.path("restored") });
    await restore.finally(() => expect(existsSync(place.path("restored"))).toBe(false));
  };
  const rewrite = (source: string, edit: (manifest: Record<string, unknown>) => void) => {
    const manifest = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"));
    edit(manifest);
    writeFileSync(join(source, "manifest.json"), JSON.stringify(manifest));
  };
  await expect(tamper("a", (source) => rmSync(join(source, "assay.sqlite")))).rejects.toThrow(
    "lacks assay.sqlite",
  );
  await expect(tamper("b", (source) => writeFileSync(join(source, "x"), ""))).rejects.toThrow(
    "does not list: x",
  );
  await expect(tamper("c", (source) => rmSync(join(source, "manifest.json")))).rejects.toThrow(
    "no whole backup",
  );
  await expect(tamper("d", (source) => truncateSync(join(source, "manifest.json"), 20))).rejects.toThrow(
    "no whole backup",
  );
  const replace = (source: string) => {
    rmSync(join(source, "assay.sqlite"));
    symlinkSync(place.file, join(source, "assay.sqlite"));
  };
  await expect(tamper("e", replace)).rejects.toThrow("not a plain file");
  const newer = (source: string) =>
    rewrite(source, (manifest) => {
      manifest.schemaVersion = Date.parse("2999-01-01");
    });
  await expect(tamper("f", newer)).rejects.toThrow("newer release");
  const outside = (source: string) =>
    rewrite(source, (manifest) => {
      (manifest.entries as unknown[]).push({ path: "../data/secret.key", bytes: 7, sha256: "x" });
    });
  await expect(tamper("g", outside)).rejects.toThrow("lacks ../data/secret.key");
});

test("a consistent manifest does not save a database that is broken inside", async () => {
  using place = makePlace();
  await fillPlace(place);
  const source = place.path("backup");
  await backupSqlite({ ...place, target: source });
  const file = join(source, "assay.sqlite");
  const broken = new SqliteDatabase(file);
  broken.pragma("foreign_keys = OFF");
  broken.exec("delete from tenants");
  broken.close();
  const manifest = JSON.parse(readFileSync(join(source, "manifest.json"), "utf8"));
  const bytes = readFileSync(file);
  const entry = {
    path: "assay.sqlite",
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  manifest.entries[0] = entry;
  writeFileSync(join(source, "manifest.json"), JSON.stringify(manifest));
  const restore = restoreBackup({ source, target: place.path("restored") });
  await expect(restore).rejects.toThrow("refer to nothing");
});

test("neither a backup nor a restored one overwrites anything", async () => {
  using place = makePlace();
  await fillPlace(place);
  const source = place.path("backup");
  await backupSqlite({ ...place, target: source });
  await expect(backupSqlite({ ...place, target: source })).rejects.toThrow("exists already");
  await expect(restoreBackup({ source, target: place.data })).rejects.toThrow("not an empty folder");
  expect(readFileSync(join(place.data, "secret.key"), "utf8")).toBe("the key");
  mkdirSync(place.path("empty"));
  await restoreBackup({ source, target: place.path("empty") });
  expect(readdirSync(dirname(source)).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("a backup refuses to keep a stored file whose bytes are not those of its name", async () => {
  using place = makePlace();
  const { shas } = await fillPlace(place);
  writeFileSync(join(place.filesRoot, "shared", `${shas[1]}.gguf`), "other");
  await expect(backupSqlite({ ...place, target: place.path("backup") })).rejects.toThrow("is damaged");
  expect(existsSync(place.path("backup"))).toBe(false);
});
