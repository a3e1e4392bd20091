import { copyFile, mkdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import SqliteDatabase from "better-sqlite3";
import {
  type BackupManifest,
  describeFile,
  listFiles,
  MANIFEST_NAME,
  parseManifest,
} from "./backup-manifest.ts";
import { syncToDisk } from "./durable-file.ts";
import { pendingMigrations, readMigrations } from "./migrations.ts";

const OWNER_ONLY_FOLDER = 0o700;

/**
 * Copies a backup into a data folder that is missing or empty, after checking every byte of it. All or nothing. The
 * files keep the names they had; the secret key, which no backup holds, must be put beside them by hand.
 * @throws Error naming what is missing, changed or too much in the backup, or that its release is newer than this one.
 */
export async function restoreBackup({
  source,
  target,
}: {
  source: string;
  target: string;
}): Promise<BackupManifest> {
  const manifest = await readManifest(source);
  pendingMigrations(readMigrations("sqlite"), manifest.schemaVersion);
  await assertListed(source, manifest);
  const unfinished = `${resolve(target)}.unfinished-${process.pid}`;
  await mkdir(dirname(unfinished), { recursive: true });
  await mkdir(unfinished, { mode: OWNER_ONLY_FOLDER });
  try {
    await copyEntries({ source, manifest, target: unfinished });
    assertSound(join(unfinished, manifest.database));
    await replaceEmpty(unfinished, target);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function readManifest(source: string): Promise<BackupManifest> {
  try {
    return parseManifest(await readFile(join(source, MANIFEST_NAME), "utf8"));
  } catch (error) {
    throw new Error(`"${source}" is no whole backup: its ${MANIFEST_NAME} cannot be read.`, { cause: error });
  }
}

/** The folder holds what the manifest says and nothing else; so no entry can point out of the folder either. */
async function assertListed(source: string, { database, entries }: BackupManifest): Promise<void> {
  const listed = new Set([MANIFEST_NAME, ...entries.map(({ path }) => path)]);
  const found = new Set(await listFiles(source));
  const missing = [...listed].filter((path) => !found.has(path));
  const unlisted = [...found].filter((path) => !listed.has(path));
  if (missing.length > 0) throw new Error(`The backup lacks ${missing.join(", ")}.`);
  if (unlisted.length > 0) throw new Error(`The backup holds what it does not list: ${unlisted.join(", ")}.`);
  if (!entries.some(({ path }) => path === database)) throw new Error("The backup lists no database.");
}

interface CopyRequest {
  source: string;
  manifest: BackupManifest;
  target: string;
}

/** Checks the copies and not the originals: what was checked is what will be used. */
async function copyEntries({ source, manifest, target }: CopyRequest): Promise<void> {
  for (const entry of manifest.entries) {
    await mkdir(dirname(join(target, entry.path)), { recursive: true, mode: OWNER_ONLY_FOLDER });
    await describeFile(source, entry.path);
    await copyFile(join(source, entry.path), join(target, entry.path));
    const { bytes, sha256 } = await describeFile(target, entry.path);
    if (bytes !== entry.bytes || sha256 !== entry.sha256) {
      throw new Error(`"${entry.path}" of the backup is damaged: it is not what was backed up.`);
    }
    await syncToDisk(join(target, entry.path));
  }
}

/** Reads every page; says nothing when all is well. */
function assertSound(file: string): void {
  const database = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    const problems = database.pragma("integrity_check") as { integrity_check: string }[];
    if (problems.some((row) => row.integrity_check !== "ok"))
      throw new Error("The backup's database is corrupt.");
    const violations = database.pragma("foreign_key_check") as unknown[];
    if (violations.length > 0) throw new Error("The backup's database has rows that refer to nothing.");
  } finally {
    database.close();
  }
}

async function replaceEmpty(from: string, target: string): Promise<void> {
  try {
    await rmdir(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") {
      throw new Error(`"${target}" is not an empty folder; a backup is restored into a new one.`, {
        cause: error,
      });
    }
  }
  await rename(from, target);
  await syncToDisk(dirname(from));
}
