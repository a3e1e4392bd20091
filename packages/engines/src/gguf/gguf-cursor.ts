import { AppError, LIMITS } from "@assay/core";
import type { ByteSource } from "./byte-source.ts";

const BLOCK_BYTES = 256 * 1024;

/** Refuses a file with a sentence that says what is wrong. */
export function refuseFile(message: string): never {
  throw new AppError("model_file_invalid", message);
}

/**
 * Reads a header front to back in bounded blocks. `need` proves that bytes exist before anything is read or
 * allocated for them; the readers after it are synchronous.
 */
export class GgufCursor {
  readonly #source: ByteSource;
  readonly #endMax: number;
  #block: Buffer = Buffer.alloc(0);
  #blockStart = 0;
  #position = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#endMax = Math.min(source.bytes, LIMITS.ggufHeaderBytesMax);
  }

  get position(): number {
    return this.#position;
  }

  /** How many bytes a header may still have. */
  get bytesLeft(): number {
    return this.#endMax - this.#position;
  }

  /** Is a block of this size already in memory? Lets long arrays be read without awaiting every item. */
  holds(bytes: number): boolean {
    return this.#position + bytes <= this.#blockStart + this.#block.length;
  }

  async need(bytes: number, what: string): Promise<void> {
    if (this.holds(bytes)) return;
    if (bytes > this.bytesLeft) this.#refuseEnd(what);
    const length = Math.min(Math.max(bytes, BLOCK_BYTES), this.bytesLeft);
    this.#block = await this.#source.read(this.#position, length);
    this.#blockStart = this.#position;
  }

  #refuseEnd(what: string): never {
    if (this.#endMax < this.#source.bytes)
      refuseFile(`The header is longer than ${LIMITS.ggufHeaderBytesMax} bytes (while reading ${what}).`);
    refuseFile(`The file ends at byte ${this.#source.bytes}, in the middle of ${what}.`);
  }

  /** Skips bytes that `need` or a check against `bytesLeft` has proven to exist. */
  skip(bytes: number): void {
    this.#position += bytes;
  }

  #take(bytes: number): number {
    const at = this.#position - this.#blockStart;
    this.#position += bytes;
    return at;
  }

  u8(): number {
    return this.#block.readUInt8(this.#take(1));
  }
  i8(): number {
    return this.#block.readInt8(this.#take(1));
  }
  u16(): number {
    return this.#block.readUInt16LE(this.#take(2));
  }
  i16(): number {
    return this.#block.readInt16LE(this.#take(2));
  }
  u32(): number {
    return this.#block.readUInt32LE(this.#take(4));
  }
  i32(): number {
    return this.#block.readInt32LE(this.#take(4));
  }
  u64(): bigint {
    return this.#block.readBigUInt64LE(this.#take(8));
  }
  i64(): bigint {
    return this.#block.readBigInt64LE(this.#take(8));
  }
  f32(): number {
    return this.#block.readFloatLE(this.#take(4));
  }
  f64(): number {
    return this.#block.readDoubleLE(this.#take(8));
  }
  text(bytes: number): string {
    const at = this.#take(bytes);
    return this.#block.toString("utf8", at, at + bytes);
  }

  /** A 64-bit count or length, refused where it exceeds `max`. */
  async count(max: number, what: string): Promise<number> {
    await this.need(8, what);
    const value = this.u64();
    if (value > BigInt(max)) refuseFile(`${what} is ${value}; at most ${max} is accepted.`);
    return Number(value);
  }

  async string(max: number, what: string): Promise<string> {
    const length = await this.count(max, `the length of ${what}`);
    await this.need(length, what);
    return this.text(length);
  }
}
