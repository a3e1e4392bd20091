import { LIMITS } from "@assay/core";
import { type GgufCursor, refuseFile } from "./gguf-cursor.ts";

export type GgufScalar = number | bigint | boolean | string;

/** An array of the header. Long ones (a vocabulary) are walked and checked, but their items are not kept. */
export interface GgufArray {
  itemType: string;
  length: number;
  /** The items, or null where there are more than {@link KEPT_ITEMS_MAX} of them. */
  items: GgufScalar[] | null;
  /** The size of the largest item. */
  longestBytes: number;
}

export type GgufValue = GgufScalar | GgufArray;
export type GgufMetadata = ReadonlyMap<string, GgufValue>;

export const KEPT_ITEMS_MAX = 1_024;
const KEY_BYTES_MAX = 256;
const STRING_TYPE = 8;
const ARRAY_TYPE = 9;

interface ScalarType {
  name: string;
  bytes: number;
  read: (cursor: GgufCursor) => GgufScalar;
}

const SCALARS = new Map<number, ScalarType>([
  [0, { name: "u8", bytes: 1, read: (cursor) => cursor.u8() }],
  [1, { name: "i8", bytes: 1, read: (cursor) => cursor.i8() }],
  [2, { name: "u16", bytes: 2, read: (cursor) => cursor.u16() }],
  [3, { name: "i16", bytes: 2, read: (cursor) => cursor.i16() }],
  [4, { name: "u32", bytes: 4, read: (cursor) => cursor.u32() }],
  [5, { name: "i32", bytes: 4, read: (cursor) => cursor.i32() }],
  [6, { name: "f32", bytes: 4, read: (cursor) => cursor.f32() }],
  [7, { name: "bool", bytes: 1, read: readBoolean }],
  [10, { name: "u64", bytes: 8, read: (cursor) => cursor.u64() }],
  [11, { name: "i64", bytes: 8, read: (cursor) => cursor.i64() }],
  [12, { name: "f64", bytes: 8, read: (cursor) => cursor.f64() }],
]);

function readBoolean(cursor: GgufCursor): boolean {
  const value = cursor.u8();
  if (value > 1) refuseFile(`A boolean in the header has the value ${value}.`);
  return value === 1;
}

/** Reads all key-value pairs of a header; the cursor stands behind the counts. */
export async function readMetadata(cursor: GgufCursor, keyCount: number): Promise<GgufMetadata> {
  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < keyCount; index++) {
    const key = await cursor.string(KEY_BYTES_MAX, `key ${index}`);
    if (!/^[\x21-\x7e]+$/.test(key)) refuseFile(`Key ${index} is not a plain ASCII name.`);
    if (metadata.has(key)) refuseFile(`The key ${key} appears twice.`);
    metadata.set(key, await readValue(cursor, `the value of ${key}`));
  }
  return metadata;
}

async function readValue(cursor: GgufCursor, what: string): Promise<GgufValue> {
  await cursor.need(4, `the type of ${what}`);
  const type = cursor.u32();
  if (type === ARRAY_TYPE) return readArray(cursor, what);
  if (type === STRING_TYPE) return cursor.string(LIMITS.ggufStringBytesMax, what);
  const scalar = scalarOf(type, what);
  await cursor.need(scalar.bytes, what);
  return scalar.read(cursor);
}

function scalarOf(type: number, what: string): ScalarType {
  return SCALARS.get(type) ?? refuseFile(`The type ${type} of ${what} does not exist.`);
}

async function readArray(cursor: GgufCursor, what: string): Promise<GgufArray> {
  await cursor.need(4, `the item type of ${what}`);
  const type = cursor.u32();
  if (type === ARRAY_TYPE) refuseFile(`${what} is an array of arrays, which no model uses.`);
  const length = await cursor.count(LIMITS.ggufArrayItemsMax, `the item count of ${what}`);
  if (type === STRING_TYPE) return readStrings(cursor, length, what);
  return readScalars(cursor, { scalar: scalarOf(type, what), length, what });
}

async function readStrings(cursor: GgufCursor, length: number, what: string): Promise<GgufArray> {
  // Every string takes at least its own length field.
  if (length * 8 > cursor.bytesLeft)
    refuseFile(`${what} declares ${length} strings, more than the file can hold.`);
  const items: string[] | null = length <= KEPT_ITEMS_MAX ? [] : null;
  let longestBytes = 0;
  for (let index = 0; index < length; index++) {
    if (!cursor.holds(8)) await cursor.need(8, what);
    const bytes = Number(cursor.u64());
    if (bytes > LIMITS.ggufStringBytesMax)
      refuseFile(`Item ${index} of ${what} is too long: ${bytes} bytes.`);
    if (!cursor.holds(bytes)) await cursor.need(bytes, what);
    longestBytes = Math.max(longestBytes, bytes);
    if (items) items.push(cursor.text(bytes));
    else cursor.skip(bytes);
  }
  return { itemType: "string", length, items, longestBytes };
}

async function readScalars(
  cursor: GgufCursor,
  { scalar, length, what }: { scalar: ScalarType; length: number; what: string },
): Promise<GgufArray> {
  if (length * scalar.bytes > cursor.bytesLeft)
    refuseFile(`${what} declares ${length} items, more than the file can hold.`);
  if (length > KEPT_ITEMS_MAX) {
    cursor.skip(length * scalar.bytes);
    return { itemType: scalar.name, length, items: null, longestBytes: scalar.bytes };
  }
  await cursor.need(length * scalar.bytes, what);
  const items = Array.from({ length }, () => scalar.read(cursor));
  return { itemType: scalar.name, length, items, longestBytes: scalar.bytes };
}
