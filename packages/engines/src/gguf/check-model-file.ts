import type { GgufFacts } from "@assay/core";
import { refuseFile } from "./gguf-cursor.ts";
import type { GgufMetadata, GgufValue } from "./gguf-metadata.ts";
import { KNOWN_ARCHITECTURES } from "./known-architectures.ts";
import { type GgufHeader, integerOf, readGgufHeader } from "./read-gguf-header.ts";

/** Largest value of each hyper-parameter that is still believable. */
const HYPER_PARAMETERS = { block_count: 1_024, context_length: 2 ** 27, embedding_length: 2 ** 17 };
const SPECIAL_TOKENS = ["bos", "eos", "eot", "eom", "unknown", "padding", "separator"];

/**
 * Decides whether a file can be offered as a local model, without native code ever seeing it. Answers with what
 * the header says; refuses with `model_file_invalid`.
 */
export async function checkModelFile(path: string): Promise<GgufFacts> {
  const header = await readGgufHeader(path);
  checkModelHeader(header);
  return header.facts;
}

/** The checks of {@link checkModelFile} on a header that was already read. */
export function checkModelHeader({ metadata, tensors, facts }: GgufHeader): void {
  const type = metadata.get("general.type");
  if (type !== undefined && type !== "model")
    refuseFile(`This file is not a model: general.type is ${shown(type)}.`);
  const { architecture } = facts;
  if (!KNOWN_ARCHITECTURES.has(architecture))
    refuseFile(`The architecture ${shown(architecture)} is not one that can generate text here.`);
  if ((integerOf(metadata, "split.count") ?? 1) > 1)
    refuseFile("This is one part of a split model; merge the parts into one file first.");
  for (const [name, max] of Object.entries(HYPER_PARAMETERS)) {
    const value = integerOf(metadata, `${architecture}.${name}`);
    if (value === null || value < 1 || value > max)
      refuseFile(`${architecture}.${name} must be a whole number from 1 to ${max}.`);
  }
  const vocabularySize = checkTokenizer(metadata);
  checkBlocks(metadata, { architecture, names: tensors.map(({ name }) => name) });
  const embedding = tensors.find(({ name }) => name === "token_embd.weight");
  if (!embedding) refuseFile("The tensor token_embd.weight is missing.");
  const width = integerOf(metadata, `${architecture}.embedding_length`);
  if (embedding.shape[0] !== width || embedding.shape[1] !== vocabularySize)
    refuseFile(
      `token_embd.weight is ${embedding.shape.join(" x ")}, but the header declares ${width} x ${vocabularySize}.`,
    );
}

/** Answers with the number of tokens. */
function checkTokenizer(metadata: GgufMetadata): number {
  if (typeof metadata.get("tokenizer.ggml.model") !== "string")
    refuseFile("The file has no tokenizer (tokenizer.ggml.model is missing).");
  const tokens = metadata.get("tokenizer.ggml.tokens");
  if (typeof tokens !== "object" || tokens.itemType !== "string" || tokens.length === 0)
    return refuseFile("The file has no vocabulary (tokenizer.ggml.tokens is missing).");
  for (const name of SPECIAL_TOKENS) {
    const key = `tokenizer.ggml.${name}_token_id`;
    const id = metadata.get(key);
    // Some writers mark an absent token with the largest 32-bit number.
    if (typeof id === "number" && id !== 0xffff_ffff && id >= tokens.length)
      refuseFile(`${key} is ${id}, outside the vocabulary of ${tokens.length}.`);
  }
  return tokens.length;
}

function checkBlocks(
  metadata: GgufMetadata,
  { architecture, names }: { architecture: string; names: string[] },
): void {
  const count = integerOf(metadata, `${architecture}.block_count`) ?? 0;
  const found = new Set(
    names.map((name) => /^blk\.(\d{1,5})\./.exec(name)?.[1]).filter((index) => index !== undefined),
  );
  for (const index of found)
    if (Number(index) >= count)
      refuseFile(`There are tensors of block ${index}, but block_count is ${count}.`);
  if (found.size === 0) refuseFile("The file has no block tensors (blk.0 and so on).");
}

function shown(value: GgufValue): string {
  return typeof value === "object" ? "a list" : JSON.stringify(String(value).slice(0, 60));
}
