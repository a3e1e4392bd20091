import { type ByteSource, withFileSource } from "./byte-source.ts";
import { refuseFile } from "./gguf-cursor.ts";
import { type GgufHeader, readGgufHeader } from "./read-gguf-header.ts";
import { isScannableType, scanTensorValues } from "./scan-tensor-values.ts";
import type { GgufTensor } from "./tensor-directory.ts";

export interface AdapterFacts {
  rank: number;
  alpha: number;
}

interface LoraPair {
  /** The base tensor that the pair changes. */
  name: string;
  a: GgufTensor;
  b: GgufTensor;
}

const RANK_MAX = 4_096;
const RANKS_SHOWN_MAX = 8;

/**
 * Decides whether a file is a LoRA that fits the base model: kind and architecture, complete pairs of tensors that
 * exist in the base with the same sizes, one rank, finite alpha, and no value that is not finite (reads all of
 * the file). Refuses with `model_file_invalid`.
 */
export async function checkAdapterFile(path: string, base: GgufHeader | string): Promise<AdapterFacts> {
  const baseHeader = typeof base === "string" ? await readGgufHeader(base) : base;
  return withFileSource(path, (source) => checkAdapterSource(source, baseHeader));
}

/** The checks of {@link checkAdapterFile} on any source of bytes. */
export async function checkAdapterSource(source: ByteSource, base: GgufHeader): Promise<AdapterFacts> {
  const header = await readGgufHeader(source);
  const alpha = checkKind(header, base);
  const pairs = pairTensors(header.tensors);
  const targets = new Map(base.tensors.map((tensor) => [tensor.name, tensor]));
  const ranks = new Set(pairs.map((pair) => checkPair(pair, targets.get(pair.name))));
  const [rank] = ranks;
  if (rank === undefined || ranks.size > 1) {
    const shown = [...ranks].slice(0, RANKS_SHOWN_MAX).join(", ") || "none";
    return refuseFile(`An adapter must have one rank; this one has ${shown}.`);
  }
  for (const tensor of header.tensors) await scanTensorValues(source, tensor);
  return { rank, alpha };
}

/** Answers with alpha. */
function checkKind({ metadata, facts }: GgufHeader, base: GgufHeader): number {
  if (metadata.get("general.type") !== "adapter")
    refuseFile('This file is not an adapter: general.type is not "adapter".');
  if (metadata.get("adapter.type") !== "lora")
    refuseFile('Only LoRA adapters are supported: adapter.type is not "lora".');
  if (facts.architecture !== base.facts.architecture)
    refuseFile(
      `The adapter is for the architecture "${facts.architecture}", the model has "${base.facts.architecture}".`,
    );
  const alpha = metadata.get("adapter.lora.alpha");
  if (typeof alpha !== "number" || !Number.isFinite(alpha) || alpha <= 0)
    return refuseFile("adapter.lora.alpha must be a finite number above zero.");
  return alpha;
}

function pairTensors(tensors: GgufTensor[]): LoraPair[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const pairs: LoraPair[] = [];
  for (const tensor of tensors) {
    const [, name, half] = /^(.+)\.lora_([ab])$/.exec(tensor.name) ?? [];
    if (name === undefined) return refuseFile(`The tensor ${tensor.name} does not belong in a LoRA adapter.`);
    const other = byName.get(`${name}.lora_${half === "a" ? "b" : "a"}`);
    if (!other) return refuseFile(`The tensor ${tensor.name} has no counterpart.`);
    if (half === "a") pairs.push({ name, a: tensor, b: other });
  }
  return pairs;
}

/** Answers with the pair's rank. */
function checkPair({ name, a, b }: LoraPair, target: GgufTensor | undefined): number {
  if (!target) return refuseFile(`The adapter changes ${name}, which the model does not have.`);
  // llama.cpp multiplies these two in the other direction; no adapter has needed it so far.
  if (name === "token_embd.weight") refuseFile("Adapters for token_embd.weight are not supported.");
  for (const tensor of [a, b]) {
    if (!isScannableType(tensor.type))
      refuseFile(`The tensor ${tensor.name} has the type ${tensor.type}; use F16 or F32.`);
    if (tensor.shape.length !== 2) refuseFile(`The tensor ${tensor.name} is not a matrix.`);
  }
  if (target.shape.length !== 2) refuseFile(`The adapter changes ${name}, which is not a matrix.`);
  const [inputs, outputs] = target.shape;
  const [rank] = b.shape;
  if (rank === undefined || rank > RANK_MAX || a.shape[1] !== rank)
    return refuseFile(`The two halves for ${name} do not agree on a rank: ${a.shape[1]} and ${rank}.`);
  if (a.shape[0] !== inputs || b.shape[1] !== outputs)
    refuseFile(
      `The adapter for ${name} is ${a.shape[0]} to ${b.shape[1]}, the model has ${inputs} to ${outputs}.`,
    );
  return rank;
}
