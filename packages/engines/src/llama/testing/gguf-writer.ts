/** Writes small GGUF files for tests, from nothing but arrays. */
export type WriterValue =
  | { type: "u32" | "f32"; value: number }
  | { type: "bool"; value: boolean }
  | { type: "string"; value: string }
  | { type: "strings"; value: string[] }
  | { type: "f32s" | "i32s"; value: number[] };

export interface WriterTensor {
  name: string;
  /** In the file's order: input dimension first. */
  shape: number[];
  type: "F32" | "F16";
  values: Float32Array;
}

const TYPE_NUMBERS = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;
const TENSOR_TYPE_NUMBERS = { F32: 0, F16: 1 } as const;
const ALIGNMENT = 32;

const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};
const u64 = (value: number): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
};
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
const floats = (values: number[]): Buffer => Buffer.from(new Float32Array(values).buffer);

function valueBytes(entry: WriterValue): Buffer {
  switch (entry.type) {
    case "u32":
      return Buffer.concat([u32(TYPE_NUMBERS.u32), u32(entry.value)]);
    case "f32":
      return Buffer.concat([u32(TYPE_NUMBERS.f32), floats([entry.value])]);
    case "bool":
      return Buffer.concat([u32(TYPE_NUMBERS.bool), Buffer.from([entry.value ? 1 : 0])]);
    case "string":
      return Buffer.concat([u32(TYPE_NUMBERS.string), text(entry.value)]);
    case "strings":
      return arrayBytes(TYPE_NUMBERS.string, entry.value.length, Buffer.concat(entry.value.map(text)));
    case "f32s":
      return arrayBytes(TYPE_NUMBERS.f32, entry.value.length, floats(entry.value));
    case "i32s":
      return arrayBytes(
        TYPE_NUMBERS.i32,
        entry.value.length,
        Buffer.from(new Int32Array(entry.value).buffer),
      );
  }
}

function arrayBytes(type: number, length: number, items: Buffer): Buffer {
  return Buffer.concat([u32(TYPE_NUMBERS.array), u32(type), u64(length), items]);
}

function tensorBytes({ type, values }: WriterTensor): Buffer {
  if (type === "F32") return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const half = new Uint16Array(values.length);
  values.forEach((value, index) => {
    half[index] = halfBits(value);
  });
  return Buffer.from(half.buffer);
}

/** IEEE half-precision bits; small values flush to zero, which is fine for test weights. */
function halfBits(value: number): number {
  const bits = Buffer.from(new Float32Array([value]).buffer).readUInt32LE();
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127 + 15;
  if ((bits & 0x7f80_0000) === 0x7f80_0000) return sign | 0x7c00 | ((bits & 0x7f_ffff) === 0 ? 0 : 1);
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7bff;
  return sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

function pad(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc((ALIGNMENT - (buffer.length % ALIGNMENT)) % ALIGNMENT)]);
}

export function writeGguf(metadata: Record<string, WriterValue>, tensors: WriterTensor[]): Buffer {
  const data = tensors.map((tensor) => pad(tensorBytes(tensor)));
  let offset = 0;
  const directory = tensors.map(({ name, shape, type }, index) => {
    const entry = [
      text(name),
      u32(shape.length),
      ...shape.map(u64),
      u32(TENSOR_TYPE_NUMBERS[type]),
      u64(offset),
    ];
    offset += data[index]?.length ?? 0;
    return Buffer.concat(entry);
  });
  const keys = Object.entries(metadata).map(([key, value]) => Buffer.concat([text(key), valueBytes(value)]));
  const counts = [u32(3), u64(tensors.length), u64(keys.length)];
  return Buffer.concat([
    pad(Buffer.concat([Buffer.from("GGUF"), ...counts, ...keys, ...directory])),
    ...data,
  ]);
}
