import { type GgufCursor, refuseFile } from "./gguf-cursor.ts";
import { TENSOR_TYPES } from "./tensor-types.ts";

export interface GgufTensor {
  name: string;
  /** The type's name, for example `F16` or `Q8_0`. */
  type: string;
  /** Sizes in the file's order: the input (contiguous) dimension first. */
  shape: number[];
  /** Where the data begins, counted from the beginning of the file. */
  offset: number;
  bytes: number;
}

type TensorEntry = GgufTensor & { relativeOffset: bigint };

// ggml's own bounds: GGML_MAX_NAME with its final NUL, GGML_MAX_DIMS.
const NAME_BYTES_MAX = 63;
const DIMENSIONS_MAX = 4;
const ITEMS_MAX = 2n ** 53n;

/** Reads the list of tensors; `offset` is filled in by {@link placeTensors}, once the header's end is known. */
export async function readTensorDirectory(cursor: GgufCursor, tensorCount: number): Promise<TensorEntry[]> {
  const tensors: TensorEntry[] = [];
  const names = new Set<string>();
  for (let index = 0; index < tensorCount; index++) {
    const tensor = await readTensor(cursor, index);
    if (names.has(tensor.name)) refuseFile(`The tensor ${tensor.name} appears twice.`);
    names.add(tensor.name);
    tensors.push(tensor);
  }
  return tensors;
}

async function readTensor(cursor: GgufCursor, index: number): Promise<TensorEntry> {
  const name = await cursor.string(NAME_BYTES_MAX, `the name of tensor ${index}`);
  if (!/^[\x21-\x7e]+$/.test(name)) refuseFile(`The name of tensor ${index} is not plain ASCII.`);
  const what = `tensor ${name}`;
  const shape = await readShape(cursor, what);
  await cursor.need(12, what);
  const typeNumber = cursor.u32();
  const relativeOffset = cursor.u64();
  const type = TENSOR_TYPES.get(typeNumber) ?? refuseFile(`The type ${typeNumber} of ${what} is not known.`);
  const row = shape[0] ?? 0;
  if (row % type.blockItems !== 0)
    refuseFile(
      `The rows of ${what} have ${row} numbers; ${type.name} needs a multiple of ${type.blockItems}.`,
    );
  const items = shape.reduce((product, size) => product * BigInt(size), 1n);
  const bytes = (items / BigInt(type.blockItems)) * BigInt(type.blockBytes);
  if (items > ITEMS_MAX || bytes > ITEMS_MAX)
    refuseFile(`The size of ${what} is impossible: ${shape.join(" x ")}.`);
  return { name, type: type.name, shape, offset: 0, bytes: Number(bytes), relativeOffset };
}

async function readShape(cursor: GgufCursor, what: string): Promise<number[]> {
  await cursor.need(4, `the dimensions of ${what}`);
  const dimensions = cursor.u32();
  if (dimensions < 1 || dimensions > DIMENSIONS_MAX)
    refuseFile(`${what} has ${dimensions} dimensions; 1 to ${DIMENSIONS_MAX} are possible.`);
  const shape: number[] = [];
  for (let index = 0; index < dimensions; index++) {
    const size = await cursor.count(Number.MAX_SAFE_INTEGER, `dimension ${index} of ${what}`);
    if (size === 0) refuseFile(`Dimension ${index} of ${what} is zero.`);
    shape.push(size);
  }
  return shape;
}

/**
 * Checks that the tensors' data lies one after the other, aligned, without gaps or overlaps, and fills exactly
 * the rest of the file. This is the one layout llama.cpp accepts.
 */
export function placeTensors(
  entries: TensorEntry[],
  { dataStart, alignment, fileBytes }: { dataStart: number; alignment: number; fileBytes: number },
): GgufTensor[] {
  let expected = 0n;
  let end = dataStart;
  const tensors = entries.map(({ relativeOffset, ...tensor }) => {
    if (relativeOffset !== expected)
      refuseFile(
        `The data of tensor ${tensor.name} is declared at ${relativeOffset}, but belongs at ${expected}.`,
      );
    const offset = dataStart + Number(relativeOffset);
    end = offset + tensor.bytes;
    if (end > fileBytes)
      refuseFile(
        `The data of tensor ${tensor.name} ends at byte ${end}, but the file has only ${fileBytes} bytes.`,
      );
    expected += padded(BigInt(tensor.bytes), BigInt(alignment));
    return { ...tensor, offset };
  });
  const endPadded = dataStart + Number(expected);
  if (fileBytes > endPadded) refuseFile(`The file has ${fileBytes - endPadded} bytes after its last tensor.`);
  return tensors;
}

function padded(bytes: bigint, alignment: bigint): bigint {
  return ((bytes + alignment - 1n) / alignment) * alignment;
}
