import { AppError } from "@assay/core";
import { describe, expect, test } from "vitest";
import { type WriterTensor, type WriterValue, writeGguf } from "../llama/testing/gguf-writer.ts";
import { nanoModelBytes } from "../llama/testing/nano-model.ts";
import { bufferSource } from "./byte-source.ts";
import { readGgufHeader } from "./read-gguf-header.ts";

const METADATA: Record<string, WriterValue> = {
  "general.architecture": { type: "string", value: "llama" },
  "general.name": { type: "string", value: "small" },
  "llama.context_length": { type: "u32", value: 128 },
  "tokenizer.ggml.tokens": { type: "strings", value: ["a", "b", "c"] },
  "tokenizer.ggml.scores": { type: "f32s", value: [0, 1, 2] },
};
const TENSORS: WriterTensor[] = [
  { name: "one", shape: [8, 4], type: "F16", values: new Float32Array(32).fill(0.5) },
  { name: "two", shape: [5], type: "F32", values: new Float32Array(5).fill(1) },
];

const read = (bytes: Buffer) => readGgufHeader(bufferSource(bytes));
const small = () => writeGguf(METADATA, TENSORS);

/** The refusal's sentence; anything but an AppError fails the test. */
async function refusal(bytes: Buffer): Promise<string> {
  const error = await read(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).code).toBe("model_file_invalid");
  return (error as AppError).message;
}

/** Overwrites bytes behind the first occurrence of a text. */
function patched(bytes: Buffer, text: string, patch: (buffer: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(bytes);
  patch(copy, copy.indexOf(text) + text.length);
  return copy;
}

describe("a sound file", () => {
  test("is read with its facts, metadata and tensors", async () => {
    const header = await read(small());
    expect(header.version).toBe(3);
    expect(header.facts).toEqual({
      architecture: "llama",
      name: "small",
      contextLength: 128,
      parameterCount: 37,
      fileType: null,
    });
    expect(header.metadata.get("tokenizer.ggml.tokens")).toEqual({
      itemType: "string",
      length: 3,
      longestBytes: 1,
      items: ["a", "b", "c"],
    });
    expect(header.tensors.map(({ name, type, shape, bytes }) => [name, type, shape, bytes])).toEqual([
      ["one", "F16", [8, 4], 64],
      ["two", "F32", [5], 20],
    ]);
    expect(header.tensors[0]!.offset % 32).toBe(0);
  });

  test("of version 2 is read the same", async () => {
    const bytes = small();
    bytes.writeUInt32LE(2, 4);
    expect((await read(bytes)).version).toBe(2);
  });

  test("may leave out the padding behind its last tensor", async () => {
    const bytes = small();
    const { tensors } = await read(bytes);
    const last = tensors.at(-1)!;
    expect((await read(bytes.subarray(0, last.offset + last.bytes))).tensors).toHaveLength(2);
  });

  test("keeps no long arrays in memory, but counts them", async () => {
    const value = Array.from({ length: 5_000 }, (_, index) => `token ${index}`);
    const scores = value.map((_, index) => index);
    const bytes = writeGguf(
      { ...METADATA, long: { type: "strings", value }, scores: { type: "f32s", value: scores } },
      TENSORS,
    );
    const { metadata } = await read(bytes);
    expect(metadata.get("long")).toEqual({
      itemType: "string",
      length: 5_000,
      items: null,
      longestBytes: 10,
    });
    expect(metadata.get("scores")).toEqual({
      itemType: "f32",
      length: 5_000,
      items: null,
      longestBytes: 4,
    });
  });
});

describe("a file is refused with what is wrong", () => {
  test("when it is not GGUF, too old, too new or big-endian", async () => {
    expect(await refusal(Buffer.from("PK\u0003\u0004 something else entirely"))).toContain("not a GGUF file");
    for (const [version, message] of [
      [1, "version 1"],
      [4, "version 4"],
      [0x0300_0000, "big-endian"],
    ] as const) {
      const bytes = small();
      bytes.writeUInt32LE(version, 4);
      expect(await refusal(bytes)).toContain(message);
    }
  });

  test("when a count is absurd, without allocating for it", async () => {
    for (const at of [8, 16]) {
      const bytes = small();
      bytes.writeBigUInt64LE(2n ** 63n, at);
      expect(await refusal(bytes)).toContain("at most");
    }
    const strings = patched(small(), "tokenizer.ggml.tokens", (buffer, at) =>
      buffer.writeBigUInt64LE(1_900_000n, at + 8),
    );
    expect(await refusal(strings)).toContain("more than the file can hold");
    const floats = patched(small(), "tokenizer.ggml.scores", (buffer, at) =>
      buffer.writeBigUInt64LE(1_900_000n, at + 8),
    );
    expect(await refusal(floats)).toContain("more than the file can hold");
  });

  test("when a string is longer than the file", async () => {
    const bytes = patched(small(), "general.name", (buffer, at) => buffer.writeBigUInt64LE(60_000n, at + 4));
    expect(await refusal(bytes)).toContain("The file ends");
  });

  test("when a value's or a tensor's type does not exist", async () => {
    const value = patched(small(), "general.name", (buffer, at) => buffer.writeUInt32LE(77, at));
    expect(await refusal(value)).toContain("type 77");
    const nested = patched(small(), "tokenizer.ggml.scores", (buffer, at) => buffer.writeUInt32LE(9, at + 4));
    expect(await refusal(nested)).toContain("array of arrays");
    const tensor = patched(small(), "one", (buffer, at) => buffer.writeUInt32LE(31, at + 20));
    expect(await refusal(tensor)).toContain("type 31");
  });

  test("when a tensor's size is zero, overflows or does not fit its blocks", async () => {
    const zero = patched(small(), "one", (buffer, at) => buffer.writeBigUInt64LE(0n, at + 4));
    expect(await refusal(zero)).toContain("is zero");
    const overflow = patched(small(), "one", (buffer, at) => {
      buffer.writeBigUInt64LE(2n ** 40n, at + 4);
      buffer.writeBigUInt64LE(2n ** 40n, at + 12);
    });
    expect(await refusal(overflow)).toContain("impossible");
    const blocks = patched(small(), "one", (buffer, at) => buffer.writeUInt32LE(8, at + 20));
    expect(await refusal(blocks)).toContain("multiple of 32");
    const dimensions = patched(small(), "one", (buffer, at) => buffer.writeUInt32LE(5, at));
    expect(await refusal(dimensions)).toContain("5 dimensions");
  });

  test("when tensors overlap, leave gaps, or end past the file", async () => {
    for (const offset of [0n, 32n, 96n]) {
      const bytes = patched(small(), "two", (buffer, at) => buffer.writeBigUInt64LE(offset, at + 16));
      expect(await refusal(bytes)).toContain("belongs at 64");
    }
    const bytes = small();
    expect(await refusal(bytes.subarray(0, bytes.length - 20))).toContain("the file has only");
    expect(await refusal(Buffer.concat([bytes, Buffer.alloc(64)]))).toContain(
      "64 bytes after its last tensor",
    );
  });

  test("when a key or tensor name appears twice", async () => {
    const doubled = writeGguf(METADATA, [TENSORS[0]!, TENSORS[0]!]);
    expect(await refusal(doubled)).toContain("appears twice");
    const key = patched(
      writeGguf({ ...METADATA, "general.nome": { type: "bool", value: true } }, TENSORS),
      "",
      () => {},
    );
    key.write("general.name", key.indexOf("general.nome"));
    expect(await refusal(key)).toContain("appears twice");
  });

  test("when the alignment is no power of two", async () => {
    for (const value of [0, 24, 2 ** 20]) {
      const bytes = writeGguf({ ...METADATA, "general.alignment": { type: "u32", value } }, TENSORS);
      expect(await refusal(bytes)).toContain("power of two");
    }
  });

  test("wherever it is cut off", async () => {
    const bytes = small();
    const { tensors } = await read(bytes);
    const needed = tensors.at(-1)!.offset + tensors.at(-1)!.bytes;
    for (let length = 0; length < needed; length++) await refusal(bytes.subarray(0, length));
  });
});

test("20,000 mutations of real files are read or refused, and nothing else", async () => {
  let state = 20_260_301;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const interesting = [
    0n,
    1n,
    0x7fn,
    0xffn,
    0xffffn,
    0x7fff_ffffn,
    0xffff_ffffn,
    2n ** 53n,
    2n ** 63n,
    2n ** 64n - 1n,
  ];
  const originals = [small(), nanoModelBytes()];
  const headerBytes = [500, 12_000];
  const before = process.memoryUsage().rss;
  let accepted = 0;
  for (let round = 0; round < 20_000; round++) {
    const bytes = originals[round % 2]!;
    const end = Math.min(headerBytes[round % 2]!, bytes.length - 8);
    const untouched = Buffer.from(bytes.subarray(0, end + 8));
    for (let change = 0; change <= random(3); change++) {
      const at = random(end);
      if (random(2) === 0) bytes.writeUInt8(random(256), at);
      else bytes.writeBigUInt64LE(interesting[random(interesting.length)]!, at);
    }
    const cut = random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    try {
      await read(cut);
      accepted++;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
    untouched.copy(bytes);
  }
  expect(accepted).toBeGreaterThan(1_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
});
