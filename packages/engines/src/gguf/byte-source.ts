import { type FileHandle, open } from "node:fs/promises";
import { AppError } from "@assay/core";

/** Something of known size whose bytes can be read in ranges: a file, or in tests a buffer. */
export interface ByteSource {
  readonly bytes: number;
  /** Exactly `length` bytes from `position`; the caller has checked that they lie within `bytes`. */
  read(position: number, length: number): Promise<Buffer>;
}

/** Opens a file, hands it to `use` as a source and closes it again, whatever happens. */
export async function withFileSource<T>(path: string, use: (source: ByteSource) => Promise<T>): Promise<T> {
  const handle = await open(path, "r");
  try {
    return await use(fileSource(handle, (await handle.stat()).size));
  } finally {
    await handle.close();
  }
}

function fileSource(handle: FileHandle, bytes: number): ByteSource {
  return {
    bytes,
    async read(position, length) {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
        if (bytesRead === 0)
          throw new AppError("model_file_invalid", "The file became shorter while it was read.");
        filled += bytesRead;
      }
      return buffer;
    },
  };
}

export function bufferSource(buffer: Buffer): ByteSource {
  return {
    bytes: buffer.length,
    read: async (position, length) => buffer.subarray(position, position + length),
  };
}
