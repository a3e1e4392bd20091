import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LIMITS } from "@assay/core";
import { afterAll, expect, test } from "vitest";
import { type WriterTensor, type WriterValue, writeGguf } from "../llama/testing/gguf-writer.ts";
import { nanoAdapterBytes, nanoModelBytes } from "../llama/testing/nano-model.ts";
import { bufferSource } from "./byte-source.ts";
import { checkAdapterFile, checkAdapterSource } from "./check-adapter-file.ts";
import { readGgufHeader } from "./read-gguf-header.ts";

const base = await readGgufHeader(bufferSource(nanoModelBytes()));
const check = (bytes: Buffer) => checkAdapterSource(bufferSource(bytes), base);

const METADATA: Record<string, WriterValue> = {
  "general.type": { type: "string", value: "adapter" },
  "general.architecture": { type: "string", value: "llama" },
  "adapter.type": { type: "string", value: "lora" },
  "adapter.lora.alpha": { type: "f32", value: 16 },
};
const matrix = (name: string, shape: [number, number], type: "F16" | "F32" = "F16"): WriterTensor => ({
  name,
  shape,
  type,
  values: new Float32Array(shape[0] * shape[1]).fill(0.25),
});
const Q = "blk.0.attn_q.weight";
const pair = (rank = 4): WriterTensor[] => [
  matrix(`${Q}.lora_a`, [64, rank]),
  matrix(`${Q}.lora_b`, [rank, 64]),
];

test("an adapter that fits is accepted with its rank and alpha", async () => {
  expect(await check(nanoAdapterBytes({ rank: 8, alpha: 16 }))).toEqual({ rank: 8, alpha: 16 });
});

test("a file is checked against a base model's file", async () => {
  const [model, adapter] = ["model", "adapter"].map((kind) =>
    join(tmpdir(), `assay-${kind}-${process.pid}.gguf`),
  );
  afterAll(() => Promise.all([model!, adapter!].map((path) => rm(path, { force: true }))));
  await writeFile(model!, nanoModelBytes());
  await writeFile(adapter!, nanoAdapterBytes());
  expect(await checkAdapterFile(adapter!, model!)).toMatchObject({ rank: 4 });
});

test.each<[string, Record<string, WriterValue>]>([
  ["general.type", { "general.type": { type: "string", value: "model" } }],
  ["adapter.type", { "adapter.type": { type: "string", value: "control_vector" } }],
  ["architecture", { "general.architecture": { type: "string", value: "qwen2" } }],
  ["alpha", { "adapter.lora.alpha": { type: "f32", value: Number.NaN } }],
  ["alpha", { "adapter.lora.alpha": { type: "f32", value: Number.POSITIVE_INFINITY } }],
  ["alpha", { "adapter.lora.alpha": { type: "f32", value: 0 } }],
  ["alpha", { "adapter.lora.alpha": { type: "string", value: "16" } }],
])("a wrong %s is refused", async (word, change) => {
  await expect(check(writeGguf({ ...METADATA, ...change }, pair()))).rejects.toThrow(word);
});

test.each<[string, WriterTensor[]]>([
  ["none", []],
  ["no counterpart", [pair()[0]!]],
  ["does not belong", [...pair(), matrix("blk.0.attn_norm.weight", [64, 1])]],
  [
    "which the model does not have",
    [matrix("blk.9.attn_q.weight.lora_a", [64, 4]), matrix("blk.9.attn_q.weight.lora_b", [4, 64])],
  ],
  [
    "which is not a matrix",
    [matrix("output_norm.weight.lora_a", [64, 4]), matrix("output_norm.weight.lora_b", [4, 1])],
  ],
  ["64 to 32", [matrix(`${Q}.lora_a`, [64, 4]), matrix(`${Q}.lora_b`, [4, 32])]],
  ["do not agree", [matrix(`${Q}.lora_a`, [64, 4]), matrix(`${Q}.lora_b`, [8, 64])]],
  [
    "one rank",
    [
      ...pair(4),
      matrix("blk.0.attn_k.weight.lora_a", [64, 8]),
      matrix("blk.0.attn_k.weight.lora_b", [8, 64]),
    ],
  ],
])("tensors are refused: %s", async (message, tensors) => {
  await expect(check(writeGguf(METADATA, tensors))).rejects.toThrow(message);
});

test.each(["F16", "F32"] as const)(
  "one value of %s that is not finite, far inside, is found",
  async (type) => {
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const tensors = [matrix(`${Q}.lora_a`, [64, 4], type), matrix(`${Q}.lora_b`, [4, 64], type)];
      tensors[1]!.values[201] = bad;
      await expect(check(writeGguf(METADATA, tensors))).rejects.toThrow("not a finite number");
    }
  },
);

test("as many tensors as a file may have are checked in proportion, and others are served meanwhile", async () => {
  const pairs = LIMITS.ggufTensorsMax / 2;
  const names = Array.from({ length: pairs }, (_, index) => `blk.0.t${index}`);
  let looks = 0;
  const tensors = names.toReversed().map((name) => ({
    type: "F16",
    shape: [1, 1],
    offset: 0,
    bytes: 2,
    get name() {
      looks++;
      return name;
    },
  }));
  const adapter = writeGguf(
    METADATA,
    names.flatMap((name) => [matrix(`${name}.lora_a`, [1, 1]), matrix(`${name}.lora_b`, [1, 1])]),
  );
  let turns = 0;
  let turning = setImmediate(function turn() {
    turns++;
    turning = setImmediate(turn);
  });
  const facts = await checkAdapterSource(bufferSource(adapter), { ...base, tensors });
  clearImmediate(turning);
  expect(facts).toEqual({ rank: 1, alpha: 16 });
  expect(looks).toBeLessThanOrEqual(2 * pairs);
  expect(turns).toBeGreaterThanOrEqual(pairs);
});
