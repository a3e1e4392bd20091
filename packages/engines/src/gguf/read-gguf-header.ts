import { type GgufFacts, LIMITS } from "@assay/core";
import { type ByteSource, withFileSource } from "./byte-source.ts";
import { GgufCursor, refuseFile } from "./gguf-cursor.ts";
import { type GgufMetadata, readMetadata } from "./gguf-metadata.ts";
import { type GgufTensor, placeTensors, readTensorDirectory } from "./tensor-directory.ts";

export interface GgufHeader {
  version: number;
  metadata: GgufMetadata;
  tensors: GgufTensor[];
  facts: GgufFacts;
}

const MAGIC = "GGUF";
const ALIGNMENT_DEFAULT = 32;
const ALIGNMENT_MAX = 65_536;

/**
 * Reads and checks the header of a GGUF file (version 2 or 3, little-endian) that nobody has vouched for. Reads
 * ranges only, at most `LIMITS.ggufHeaderBytesMax` bytes, and never allocates for a declared count before the
 * bytes are known to exist. What passes is laid out as llama.cpp expects; everything else is refused with
 * `model_file_invalid` and a sentence that says what is wrong.
 */
export async function readGgufHeader(file: string | ByteSource): Promise<GgufHeader> {
  if (typeof file === "string") return withFileSource(file, readGgufHeader);
  const cursor = new GgufCursor(file);
  const version = await readVersion(cursor);
  const tensorCount = await cursor.count(LIMITS.ggufTensorsMax, "The number of tensors");
  const keyCount = await cursor.count(LIMITS.ggufKeysMax, "The number of keys");
  const metadata = await readMetadata(cursor, keyCount);
  const alignment = alignmentOf(metadata);
  const entries = await readTensorDirectory(cursor, tensorCount);
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  const tensors = placeTensors(entries, { dataStart, alignment, fileBytes: file.bytes });
  return { version, metadata, tensors, facts: factsOf(metadata, tensors) };
}

async function readVersion(cursor: GgufCursor): Promise<number> {
  await cursor.need(8, "the file's first bytes");
  if (cursor.text(4) !== MAGIC) refuseFile("This is not a GGUF file: it does not begin with GGUF.");
  const version = cursor.u32();
  if (version !== 0 && (version & 0xffff) === 0)
    refuseFile("This GGUF file is big-endian, which is not supported.");
  if (version !== 2 && version !== 3) refuseFile(`GGUF version ${version} is not supported; 2 and 3 are.`);
  return version;
}

function alignmentOf(metadata: GgufMetadata): number {
  const alignment = metadata.get("general.alignment");
  if (alignment === undefined) return ALIGNMENT_DEFAULT;
  const isPowerOfTwo =
    typeof alignment === "number" && alignment > 0 && Number.isInteger(Math.log2(alignment));
  if (!isPowerOfTwo || alignment > ALIGNMENT_MAX)
    refuseFile("general.alignment is not a sensible power of two.");
  return alignment;
}

function factsOf(metadata: GgufMetadata, tensors: GgufTensor[]): GgufFacts {
  const architecture = metadata.get("general.architecture");
  if (typeof architecture !== "string") return refuseFile("The header does not say general.architecture.");
  const name = metadata.get("general.name");
  const items = tensors.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  return {
    architecture: architecture.slice(0, LIMITS.nameLengthMax),
    name: typeof name === "string" ? name.slice(0, LIMITS.nameLengthMax) : null,
    contextLength: integerOf(metadata, `${architecture}.context_length`),
    parameterCount: items.reduce((sum, count) => sum + count, 0),
    fileType: integerOf(metadata, "general.file_type"),
  };
}

/** A non-negative whole number of the header, or null where the key is missing or is something else. */
export function integerOf(metadata: GgufMetadata, key: string): number | null {
  const value = metadata.get(key);
  if (typeof value === "bigint")
    return value >= 0n && value <= Number.MAX_SAFE_INTEGER ? Number(value) : null;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
