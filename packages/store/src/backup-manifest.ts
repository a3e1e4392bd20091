import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { invariant } from "@assay/core";

/** The one file of a backup that is not a copy. Its presence says that the backup is whole. */
export const MANIFEST_NAME = "manifest.json";

export interface BackupEntry {
  /** Relative to the backup, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
}

/** What a backup holds. The hashes find damage; they are no seal against somebody who can write the manifest too. */
export interface BackupManifest {
  format: 1;
  createdAt: string;
  /** The time of the newest migration that the database has seen. */
  schemaVersion: number;
  /** The path of the database within the backup. */
  database: string;
  entries: BackupEntry[];
}

/** The size and the hash of a file as it lies there. @throws Error when it is anything but a plain file. */
export async function describeFile(root: string, path: string): Promise<BackupEntry> {
  const file = join(root, path);
  const facts = await lstat(file);
  if (!facts.isFile()) throw new Error(`"${path}" is not a plain file.`);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return { path, bytes: facts.size, sha256: hash.digest("hex") };
}

/** Everything below a folder that is not a folder, relative to it, with `/`, sorted. A missing folder holds nothing. */
export async function listFiles(root: string): Promise<string[]> {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

export function parseManifest(text: string): BackupManifest {
  const manifest = JSON.parse(text) as BackupManifest;
  invariant(manifest.format === 1, "this release knows backups of format 1");
  invariant(Array.isArray(manifest.entries), "a manifest lists its entries");
  invariant(typeof manifest.schemaVersion === "number", "a manifest names its schema");
  return manifest;
}
