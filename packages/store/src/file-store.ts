import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { type FileHandle, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError, invariant } from "@assay/core";
import { Mutex } from "./mutex.ts";

/** Whose root a file lies in. Nothing is shared between roots, not even equal files. */
export type FileOwner = { kind: "tenant"; tenantId: string } | { kind: "shared" };

/** A file that has arrived whole but is not kept yet: time to check it. */
export interface IncomingFile {
  sha256: string;
  bytes: number;
  /** Where it lies for now. */
  path: string;
  /** Moves it to its name and answers the path. An equal file that is there already stays as it is. */
  keep(): Promise<string>;
  discard(): Promise<void>;
}

interface TakeOptions {
  bytesMax: number;
  /** What the sender says the file's hash is; another one is refused. */
  expectedSha256?: string | undefined;
}

/** Model and adapter files, each named by its SHA-256 in its owner's own root. A name's bytes never change. */
export interface FileStore {
  /**
   * Streams a file to disk, hashing as it goes.
   * @throws AppError `payload_too_large` as soon as `bytesMax` is passed, `invalid_input` on another hash.
   */
  take(owner: FileOwner, stream: AsyncIterable<Uint8Array>, options: TakeOptions): Promise<IncomingFile>;
  pathOf(owner: FileOwner, sha256: string): string;
  has(owner: FileOwner, sha256: string): boolean;
  remove(owner: FileOwner, sha256: string): Promise<void>;
  /** All bytes in the owner's root, those still arriving included. */
  bytesOf(owner: FileOwner): Promise<number>;
  removeOwner(owner: FileOwner): Promise<void>;
  /** One at a time per owner: what decides about files by looking at rows must not be overtaken. */
  inTurn<R>(owner: FileOwner, work: () => Promise<R>): Promise<R>;
}

const INCOMING = "incoming";
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** @param root a folder of its own; created if missing. Leftovers of intakes that a crash cut off are swept. */
export function openFileStore(root: string): FileStore {
  makeDirectory(root);
  sweepLeftovers(root);
  const turns = new Map<string, { mutex: Mutex; waiting: number }>();

  const pathOf = (owner: FileOwner, sha256: string): string => join(rootOf(root, owner), fileName(sha256));

  return {
    pathOf,
    take: (owner, stream, options) => takeFile(rootOf(root, owner), stream, options),
    has: (owner, sha256) => existsSync(pathOf(owner, sha256)),
    remove: (owner, sha256) => rm(pathOf(owner, sha256), { force: true }),
    bytesOf: (owner) => bytesUnder(rootOf(root, owner)),
    removeOwner: (owner) => rm(rootOf(root, owner), { recursive: true, force: true }),
    inTurn: async (owner, work) => {
      const name = rootOf(root, owner);
      const turn = turns.get(name) ?? { mutex: new Mutex(), waiting: 0 };
      turns.set(name, turn);
      turn.waiting += 1;
      try {
        return await turn.mutex.run(work);
      } finally {
        turn.waiting -= 1;
        if (turn.waiting === 0) turns.delete(name);
      }
    },
  };
}

// Both parts of a path are checked against their exact alphabet, so no name can leave its root.
function rootOf(root: string, owner: FileOwner): string {
  if (owner.kind === "shared") return join(root, "shared");
  invariant(/^tnt_[0-9a-f]{32}$/.test(owner.tenantId), "a file's owner is a tenant id");
  return join(root, "tenants", owner.tenantId);
}

function fileName(sha256: string): string {
  invariant(/^[0-9a-f]{64}$/.test(sha256), "a stored file is named by its SHA-256");
  return `${sha256}.gguf`;
}

function makeDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE });
}

async function takeFile(
  ownerRoot: string,
  stream: AsyncIterable<Uint8Array>,
  options: TakeOptions,
): Promise<IncomingFile> {
  makeDirectory(join(ownerRoot, INCOMING));
  // The process id says whether an intake is still going on; see sweepLeftovers.
  const path = join(ownerRoot, INCOMING, `${process.pid}-${randomBytes(16).toString("hex")}`);
  const discard = () => rm(path, { force: true });
  try {
    const { sha256, bytes } = await writeStream(path, stream, options.bytesMax);
    if (options.expectedSha256 !== undefined && options.expectedSha256 !== sha256) {
      throw new AppError("invalid_input", `The file arrived with SHA-256 ${sha256}, not the one announced.`, {
        sha256,
        expectedSha256: options.expectedSha256,
      });
    }
    return { sha256, bytes, path, discard, keep: () => keepFile(path, ownerRoot, sha256) };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function writeStream(
  path: string,
  stream: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<{ sha256: string; bytes: number }> {
  const file = await open(path, "wx", FILE_MODE);
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > bytesMax) {
        throw new AppError("payload_too_large", `The file is larger than ${bytesMax} bytes.`, { bytesMax });
      }
      hash.update(chunk);
      await writeAll(file, chunk);
    }
    await file.sync();
    return { sha256: hash.digest("hex"), bytes };
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.length) {
    written += (await file.write(chunk, written, chunk.length - written)).bytesWritten;
  }
}

async function keepFile(path: string, ownerRoot: string, sha256: string): Promise<string> {
  const kept = join(ownerRoot, fileName(sha256));
  if (existsSync(kept)) await rm(path, { force: true });
  else await rename(path, kept);
  // The rename itself must survive a power cut before a row names the file.
  const directory = await open(ownerRoot, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
  return kept;
}

async function bytesUnder(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    // A file may leave while we count; it then takes no space.
    if (entry.isFile()) bytes += await stat(join(entry.parentPath, entry.name)).then(sizeOf, () => 0);
  }
  return bytes;
}

function sizeOf(facts: { size: number }): number {
  return facts.size;
}

/** Another process may share the root (a command beside a server): what a living one is writing stays. */
function sweepLeftovers(root: string): void {
  for (const ownerRoot of ownerRoots(root)) {
    for (const name of namesIn(join(ownerRoot, INCOMING))) {
      if (!isBeingWritten(name)) rmSync(join(ownerRoot, INCOMING, name), { force: true });
    }
  }
}

function ownerRoots(root: string): string[] {
  const tenants = join(root, "tenants");
  return [join(root, "shared"), ...namesIn(tenants).map((name) => join(tenants, name))];
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function isBeingWritten(incomingName: string): boolean {
  const processId = Number.parseInt(incomingName, 10);
  // Our own id means an earlier life: this process has only just opened the store.
  if (!(processId > 0) || processId === process.pid) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
