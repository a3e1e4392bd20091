import { AppError, LIMITS } from "@assay/core";
import type { FileOwner, FileStore, IncomingFile } from "@assay/store";

/** How much of a file arrives between two looks at the tenant's room. */
const CHECKED_EVERY_BYTES = 8 * 1024 * 1024;

interface Intake<F, R> {
  files: FileStore;
  owner: FileOwner;
  stream: AsyncIterable<Uint8Array>;
  bytesMax: number;
  expectedSha256: string | undefined;
  /** Reads the file where it lies for now and refuses what must not be kept. Nothing else has seen it before. */
  check(file: IncomingFile): Promise<F>;
  /** Writes the row that names the file, in one transaction. The file has its place by then. */
  record(file: IncomingFile, facts: F): Promise<R>;
  /** Does any row name this file? */
  isNamed(sha256: string): Promise<boolean>;
}

/**
 * Takes in a file that a stranger sends: streamed and hashed, checked, kept, and named by a row, in this order. Where
 * any step refuses, nothing of it stays.
 * @throws AppError `payload_too_large`, `invalid_input`, and what `check` and `record` throw
 */
export async function takeInFile<F, R>(intake: Intake<F, R>): Promise<R> {
  const { files, owner } = intake;
  const bytesMax = Math.min(intake.bytesMax, await roomOf(files, owner));
  const { expectedSha256 } = intake;
  const incoming = await files.take(owner, whileRoom(files, owner, intake.stream), {
    bytesMax,
    expectedSha256,
  });
  try {
    const facts = await intake.check(incoming);
    return await files.inTurn(owner, () => keepAndRecord(intake, incoming, facts));
  } finally {
    await incoming.discard();
  }
}

/** Shared files are the operator's own and have no bound but the disk. */
async function roomOf(files: FileStore, owner: FileOwner): Promise<number> {
  if (owner.kind === "shared") return Number.POSITIVE_INFINITY;
  const room = LIMITS.fileBytesPerTenantMax - (await files.bytesOf(owner));
  if (room > 0) return room;
  throw tooMuch();
}

/** The stream, for as long as the tenant's files, all that arrive at the same time included, are within their bound. */
async function* whileRoom(
  files: FileStore,
  owner: FileOwner,
  stream: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let unchecked = 0;
  for await (const chunk of stream) {
    yield chunk;
    unchecked += chunk.length;
    if (unchecked < CHECKED_EVERY_BYTES) continue;
    unchecked = 0;
    await requireWithin(files, owner);
  }
}

/** What arrives at the same time counts too. */
async function requireWithin(files: FileStore, owner: FileOwner): Promise<void> {
  if (owner.kind === "tenant" && (await files.bytesOf(owner)) > LIMITS.fileBytesPerTenantMax) throw tooMuch();
}

async function keepAndRecord<F, R>(intake: Intake<F, R>, incoming: IncomingFile, facts: F): Promise<R> {
  const { files, owner } = intake;
  await requireWithin(files, owner);
  await incoming.keep();
  try {
    return await intake.record(incoming, facts);
  } catch (error) {
    await removeUnnamed(intake, incoming.sha256);
    throw error;
  }
}

/** Removes a file that no row names. In doubt it stays: a row without its file is worse than a file without a row. */
async function removeUnnamed<F, R>({ files, owner, isNamed }: Intake<F, R>, sha256: string): Promise<void> {
  const stays = await isNamed(sha256).catch(() => true);
  if (!stays) await files.remove(owner, sha256);
}

function tooMuch(): AppError {
  const bytesMax = LIMITS.fileBytesPerTenantMax;
  return new AppError("payload_too_large", `The tenant's files would pass ${bytesMax} bytes.`, { bytesMax });
}
