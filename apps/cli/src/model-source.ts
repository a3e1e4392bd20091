import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { FileBody } from "@assay/client";
import { FileError } from "./cli-error.ts";
import type { Environment } from "./config.ts";
import { openHuggingFaceFile } from "./hugging-face-file.ts";
import { openFileBody } from "./open-file-body.ts";
import { slugOfFile } from "./slug-of-file.ts";

/** A GGUF file to send, wherever it lies. */
export interface ModelSource {
  name: string;
  slug: string;
  /** What the bytes must hash to, so that the server can tell a damaged transfer; absent when nobody says. */
  sha256: string | undefined;
  open(): Promise<FileBody>;
}

/**
 * `hf:owner/repo/file.gguf`, or a path.
 *
 * @throws FileError when there is no such file.
 */
export async function openModelSource(source: string, environment: Environment): Promise<ModelSource> {
  return source.startsWith("hf:") ? openHuggingFaceFile(source, environment) : openLocalFile(source);
}

/** @throws FileError when the file cannot be read. */
export async function openLocalFile(path: string): Promise<ModelSource> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    throw new FileError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return {
    name: basename(path),
    slug: slugOfFile(path.toLowerCase()),
    sha256: hash.digest("hex"),
    open: () => openFileBody(path),
  };
}
