import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileError } from "../cli-error.ts";
import { slugOfFile } from "../slug-of-file.ts";

export interface PromptFolder {
  path: string;
  /** One file per prompt, sorted by name. */
  files: { slug: string; path: string }[];
  /** `<slug>.<words>.yaml` beside `<slug>.yaml`: other wordings to try with `--prompt-file`, no prompts of their own. */
  variants: string[];
}

const ENDING = /\.ya?ml$/;

/**
 * The prompt files of a tenant: those in `<dir>/<tenant>` when there is such a folder, otherwise in `dir` itself.
 *
 * @throws FileError when there is no such folder or a file's name cannot name a prompt.
 */
export async function openPromptFolder(dir: string, tenant: string): Promise<PromptFolder> {
  const path = await promptFolderPath(dir, tenant);
  const names = await readdir(path).catch(() => {
    throw new FileError(`There is no folder ${path}.`);
  });
  const files = names.filter((name) => ENDING.test(name)).sort();
  const isVariant = (name: string) => files.some((other) => isVariantOf(name, other));
  return {
    path,
    files: files
      .filter((name) => !isVariant(name))
      .map((name) => ({ slug: slugOfFile(name), path: join(path, name) })),
    variants: files.filter(isVariant).map((name) => join(path, name)),
  };
}

export async function promptFolderPath(dir: string, tenant: string): Promise<string> {
  const ofTenant = join(dir, tenant);
  const isFolder = await stat(ofTenant).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? ofTenant : dir;
}

function isVariantOf(name: string, other: string): boolean {
  return name !== other && name.startsWith(`${other.replace(ENDING, "")}.`);
}
