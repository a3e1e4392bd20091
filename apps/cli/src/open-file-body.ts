import { openAsBlob } from "node:fs";
import { FileError } from "./cli-error.ts";

/**
 * A file to send, read as it is sent.
 * @throws FileError when it cannot be read: Node says so by throwing at once, not by a promise.
 */
export async function openFileBody(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (error) {
    throw new FileError(`${path} cannot be read.`, { cause: error });
  }
}
