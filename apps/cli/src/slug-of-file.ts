import { basename, extname } from "node:path";
import { Slug } from "@assay/core";
import { FileError } from "./cli-error.ts";

/**
 * The name a file gives to what it holds: its own, without folder and ending.
 *
 * @throws FileError when that is no possible name.
 */
export function slugOfFile(path: string): string {
  const name = basename(path, extname(path));
  const parsed = Slug.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new FileError(`${path}: "${name}" cannot be a name: ${parsed.error.issues[0]?.message}.`);
}
