import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalTarget } from "@assay/core";
import { type WriterTensor, type WriterValue, writeGguf } from "./gguf-writer.ts";

const WIDTH = 64;
const FEED_FORWARD = 128;
const HEADS = 2;
const LAYERS = 1;
export const NANO_CONTEXT_TOKENS = 512;
const BYTE_TOKENS = 256;
const SPECIALS = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"];
const WORDS = [
  "▁",
  "▁the",
  "▁a",
  "▁good",
  "▁day",
  "ing",
  "er",
  "▁to",
  "▁flight",
  "▁card",
  "▁bank",
  "▁hello",
  "\n",
];
const TEMPLATE =
  "{{ bos_token }}{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** Numbers in -1..1 from a seed; the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function matrix(name: string, [inputs, outputs]: [number, number], next: () => number): WriterTensor {
  // Blocks strong enough that the model does not only repeat its last token.
  const scale =
    name.startsWith("blk.") && !name.includes(".lora_") ? 4 / Math.sqrt(inputs) : 2 / Math.sqrt(inputs);
  const values = Float32Array.from({ length: inputs * outputs }, () => next() * scale);
  return { name, shape: [inputs, outputs], type: "F16", values };
}

/** Makes words likelier than single bytes, so that what the model says is nearly always valid text. */
function preferWords(tensor: WriterTensor): WriterTensor {
  const wordsStart = (SPECIALS.length + BYTE_TOKENS) * WIDTH;
  return {
    ...tensor,
    values: tensor.values.map((value, index) => (index < wordsStart ? value / 8 : value * 3)),
  };
}

function norm(name: string): WriterTensor {
  return { name, shape: [WIDTH], type: "F32", values: new Float32Array(WIDTH).fill(1) };
}

const LINEARS: [string, [number, number]][] = [
  ["attn_q", [WIDTH, WIDTH]],
  ["attn_k", [WIDTH, WIDTH]],
  ["attn_v", [WIDTH, WIDTH]],
  ["attn_output", [WIDTH, WIDTH]],
  ["ffn_gate", [WIDTH, FEED_FORWARD]],
  ["ffn_up", [WIDTH, FEED_FORWARD]],
  ["ffn_down", [FEED_FORWARD, WIDTH]],
];

function nanoMetadata(contextTokens: number): Record<string, WriterValue> {
  const bytes = Array.from(
    { length: BYTE_TOKENS },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const tokens = [...SPECIALS, ...bytes, ...WORDS];
  const types = [2, 3, 3, 3, 3, ...bytes.map(() => 6), ...WORDS.map(() => 1)];
  return {
    "general.architecture": { type: "string", value: "llama" },
    "general.name": { type: "string", value: "nano" },
    "general.file_type": { type: "u32", value: 1 },
    "llama.block_count": { type: "u32", value: LAYERS },
    "llama.context_length": { type: "u32", value: contextTokens },
    "llama.embedding_length": { type: "u32", value: WIDTH },
    "llama.feed_forward_length": { type: "u32", value: FEED_FORWARD },
    "llama.attention.head_count": { type: "u32", value: HEADS },
    "llama.attention.head_count_kv": { type: "u32", value: HEADS },
    "llama.attention.layer_norm_rms_epsilon": { type: "f32", value: 1e-5 },
    "llama.rope.dimension_count": { type: "u32", value: WIDTH / HEADS },
    "llama.vocab_size": { type: "u32", value: tokens.length },
    "tokenizer.ggml.model": { type: "string", value: "llama" },
    "tokenizer.ggml.tokens": { type: "strings", value: tokens },
    "tokenizer.ggml.scores": { type: "f32s", value: tokens.map((_, index) => -index) },
    "tokenizer.ggml.token_type": { type: "i32s", value: types },
    "tokenizer.ggml.bos_token_id": { type: "u32", value: 1 },
    "tokenizer.ggml.eos_token_id": { type: "u32", value: 4 },
    "tokenizer.ggml.unknown_token_id": { type: "u32", value: 0 },
    "tokenizer.ggml.add_bos_token": { type: "bool", value: true },
    "tokenizer.chat_template": { type: "string", value: TEMPLATE },
  };
}

/** The bytes of a model with random weights: one layer, real tokenizer and chat template, a few hundred kB. */
export function nanoModelBytes({ seed = 1, contextTokens = NANO_CONTEXT_TOKENS } = {}): Buffer {
  const next = randomNumbers(seed);
  const metadata = nanoMetadata(contextTokens);
  const vocabulary = SPECIALS.length + BYTE_TOKENS + WORDS.length;
  const tensors = [
    matrix("token_embd.weight", [WIDTH, vocabulary], next),
    preferWords(matrix("output.weight", [WIDTH, vocabulary], next)),
    norm("output_norm.weight"),
  ];
  for (let layer = 0; layer < LAYERS; layer++) {
    tensors.push(norm(`blk.${layer}.attn_norm.weight`), norm(`blk.${layer}.ffn_norm.weight`));
    for (const [name, size] of LINEARS) tensors.push(matrix(`blk.${layer}.${name}.weight`, size, next));
  }
  return writeGguf(metadata, tensors);
}

/** The bytes of a LoRA with random weights, strong enough to change what the nano model says. */
export function nanoAdapterBytes({ seed = 2, rank = 4, alpha = 2 } = {}): Buffer {
  const next = randomNumbers(seed);
  const metadata: Record<string, WriterValue> = {
    "general.type": { type: "string", value: "adapter" },
    "general.architecture": { type: "string", value: "llama" },
    "adapter.type": { type: "string", value: "lora" },
    "adapter.lora.alpha": { type: "f32", value: alpha },
  };
  const tensors = LINEARS.flatMap(([name, [inputs, outputs]]) => [
    matrix(`blk.0.${name}.weight.lora_a`, [inputs, rank], next),
    matrix(`blk.0.${name}.weight.lora_b`, [rank, outputs], next),
  ]);
  return writeGguf(metadata, tensors);
}

export interface NanoFiles {
  folder: string;
  base: LocalTarget;
  /** The base with the n-th adapter on it. */
  withAdapter(seed: number): Promise<LocalTarget>;
  remove(): Promise<void>;
}

/** Writes a nano model into a folder of its own and names it by its content, as the engine expects. */
export async function writeNanoFiles(options: { contextTokens?: number } = {}): Promise<NanoFiles> {
  const folder = await mkdtemp(join(tmpdir(), "assay-nano-"));
  const place = async (bytes: Buffer): Promise<{ sha256: string; path: string }> => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const path = join(folder, `${sha256}.gguf`);
    await writeFile(path, bytes);
    return { sha256, path };
  };
  const model = await place(nanoModelBytes(options));
  const base: LocalTarget = { kind: "local", modelSha256: model.sha256, modelPath: model.path };
  return {
    folder,
    base,
    withAdapter: async (seed) => ({ ...base, adapter: await place(nanoAdapterBytes({ seed })) }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
