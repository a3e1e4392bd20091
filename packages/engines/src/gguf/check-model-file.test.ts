import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { nanoAdapterBytes, nanoModelBytes } from "../llama/testing/nano-model.ts";
import { checkModelFile } from "./check-model-file.ts";

const path = join(tmpdir(), `assay-check-model-${process.pid}.gguf`);
afterAll(() => rm(path, { force: true }));

async function check(bytes: Buffer) {
  await writeFile(path, bytes);
  return checkModelFile(path);
}

/** The model with one text of its header replaced by another of the same length. */
function renamed(from: string, to: string): Buffer {
  const bytes = nanoModelBytes();
  bytes.write(to, bytes.indexOf(from));
  return bytes;
}

/** The model with the 32-bit number behind a key replaced. */
function renumbered(key: string, value: number): Buffer {
  const bytes = nanoModelBytes();
  bytes.writeUInt32LE(value, bytes.indexOf(key) + key.length + 4);
  return bytes;
}

test("a model is accepted with its facts", async () => {
  expect(await check(nanoModelBytes())).toMatchObject({
    architecture: "llama",
    name: "nano",
    contextLength: 512,
  });
});

test("an adapter is not a model", async () => {
  await expect(check(nanoAdapterBytes())).rejects.toThrow("not a model");
});

test("an architecture that cannot generate is refused", async () => {
  await expect(check(renamed("llama", "bertx"))).rejects.toThrow("bertx");
});

test.each(["tokenizer.ggml.model", "tokenizer.ggml.tokens", "token_embd.weight"])(
  "a file without %s is refused",
  async (name) => {
    await expect(check(renamed(name, `x${name.slice(1)}`))).rejects.toThrow(name);
  },
);

test.each([
  ["llama.block_count", 0],
  ["llama.block_count", 2_000_000],
  ["llama.context_length", 0],
  ["llama.embedding_length", 2 ** 31],
])("%s of %d is refused", async (key, value) => {
  await expect(check(renumbered(key, value))).rejects.toThrow(key);
});

test("a width or special token that contradicts the file is refused", async () => {
  await expect(check(renumbered("llama.embedding_length", 32))).rejects.toThrow("token_embd.weight is 64");
  await expect(check(renumbered("tokenizer.ggml.eos_token_id", 9_999))).rejects.toThrow(
    "outside the vocabulary",
  );
});

test("tensors of a block that is not declared are refused", async () => {
  await expect(check(renamed("blk.0.ffn_down", "blk.7.ffn_down"))).rejects.toThrow("block 7");
});
