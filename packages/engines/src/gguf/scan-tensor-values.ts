import { setImmediate } from "node:timers/promises";
import type { ByteSource } from "./byte-source.ts";
import { refuseFile } from "./gguf-cursor.ts";
import type { GgufTensor } from "./tensor-directory.ts";

const CHUNK_BYTES = 1024 * 1024;

// A float is infinite or not a number exactly when all bits of its exponent are set.
const EXPONENT_MASKS: Record<string, number> = { F16: 0x7c00, BF16: 0x7f80, F32: 0x7f80_0000 };

/** Is this a type that {@link scanTensorValues} can look into? */
export function isScannableType(type: string): boolean {
  return Object.hasOwn(EXPONENT_MASKS, type);
}

/** Reads a whole float tensor in bounded chunks and refuses the file when any value is not finite. */
export async function scanTensorValues(source: ByteSource, tensor: GgufTensor): Promise<void> {
  const mask =
    EXPONENT_MASKS[tensor.type] ?? refuseFile(`Tensor ${tensor.name} has the type ${tensor.type}.`);
  for (let done = 0; done < tensor.bytes; done += CHUNK_BYTES) {
    const chunk = await source.read(tensor.offset + done, Math.min(CHUNK_BYTES, tensor.bytes - done));
    const sound = mask > 0xffff ? wordsAreFinite(chunk, mask) : halvesAreFinite(chunk, mask);
    if (!sound) refuseFile(`Tensor ${tensor.name} holds a value that is not a finite number.`);
    // The process serves everyone else meanwhile, however large the file or many its tensors.
    await setImmediate();
  }
}

function halvesAreFinite(chunk: Buffer, mask: number): boolean {
  for (let at = 0; at < chunk.length; at += 2) if ((chunk.readUInt16LE(at) & mask) === mask) return false;
  return true;
}

function wordsAreFinite(chunk: Buffer, mask: number): boolean {
  for (let at = 0; at < chunk.length; at += 4) if ((chunk.readInt32LE(at) & mask) === mask) return false;
  return true;
}
