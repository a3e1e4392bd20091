import { closeSync, constants, openSync } from "node:fs";
import { copyFile, link, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import SqliteDatabase from "better-sqlite3";
import { type BackupManifest, describeFile, listFiles, MANIFEST_NAME } from "./backup-manifest.ts";
import { syncToDisk } from "./durable-file.ts";

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
/** Kept files alone: what is still arriving, and what is not ours, stays out. */
const KEPT_FILE = /^(?:shared|tenants\/tnt_[0-9a-f]{32})\/([0-9a-f]{64})\.gguf$/;

interface BackupRequest {
  /** The SQLite file, which another process may be using. */
  file: string;
  /** The root of the file store. */
  filesRoot: string;
  /** A folder that does not exist yet. */
  target: string;
}

/**
 * Copies a database and the files it names into a new folder, from one moment, while others write. All or nothing: the
 * folder appears when the copy is whole. The key that seals secrets lies outside of both and is never copied.
 * Files are hard-linked where the disk allows it, as their bytes never change; a copy for safety against a failing
 * disk belongs on another one.
 * @throws Error when the target exists, or a kept file is damaged.
 */
export async function backupSqlite({ file, filesRoot, target }: BackupRequest): Promise<BackupManifest> {
  if (await exists(target)) throw new Error(`"${target}" exists already; a backup needs a new folder.`);
  const unfinished = `${resolve(target)}.unfinished-${process.pid}`;
  await mkdir(dirname(unfinished), { recursive: true });
  await mkdir(unfinished, { mode: OWNER_ONLY_FOLDER });
  try {
    const manifest = await copyAll({ file, filesRoot, target: unfinished });
    await rename(unfinished, target);
    await syncToDisk(dirname(unfinished));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function copyAll({ file, filesRoot, target }: BackupRequest): Promise<BackupManifest> {
  const database = basename(file);
  const filesFolder = basename(filesRoot);
  // Before and after: a file that a row of the copy names may be removed before the copy, or arrive after it began.
  const before = await copyFiles(filesRoot, join(target, filesFolder));
  const schemaVersion = copyDatabase(file, join(target, database));
  const after = await copyFiles(filesRoot, join(target, filesFolder));
  const entries = [await describeFile(target, database)];
  for (const path of [...new Set([...before, ...after])].sort()) {
    const entry = await describeFile(target, `${filesFolder}/${path}`);
    if (KEPT_FILE.exec(path)?.[1] !== entry.sha256) {
      throw new Error(`The stored file "${path}" is damaged: its bytes are not those of its name.`);
    }
    entries.push(entry);
  }
  const manifest: BackupManifest = {
    format: 1,
    createdAt: new Date().toISOString(),
    schemaVersion,
    database,
    entries,
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(target, MANIFEST_NAME), text, { mode: OWNER_ONLY_FILE });
  for (const path of [database, MANIFEST_NAME, "."]) await syncToDisk(join(target, path));
  return manifest;
}

/** One read transaction sees one moment, whoever writes meanwhile. Answers the schema's version. */
function copyDatabase(file: string, copy: string): number {
  closeSync(openSync(copy, "wx", OWNER_ONLY_FILE));
  const source = new SqliteDatabase(file, { readonly: true, fileMustExist: true });
  try {
    source.prepare("vacuum into ?").run(copy);
  } finally {
    source.close();
  }
  const copied = new SqliteDatabase(copy, { readonly: true });
  try {
    const newest = copied.prepare("select max(created_at) as createdAt from __drizzle_migrations").get();
    return (newest as { createdAt: number }).createdAt;
  } finally {
    copied.close();
  }
}

/** Adds what is not there yet; answers every kept file that it saw. */
async function copyFiles(from: string, to: string): Promise<string[]> {
  const kept = (await listFiles(from)).filter((path) => KEPT_FILE.test(path));
  const seen: string[] = [];
  for (const path of kept) {
    if (await copyOnce(join(from, path), join(to, path))) seen.push(path);
  }
  return seen;
}

/** Answers false when the file left while we came for it. */
async function copyOnce(from: string, to: string): Promise<boolean> {
  if (await exists(to)) return true;
  await mkdir(dirname(to), { recursive: true, mode: OWNER_ONLY_FOLDER });
  try {
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_EXCL));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
