import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FileError, UsageError } from "../cli-error.ts";

const FOLDER = "prompts/judges";

/** A judge's prompt file, named after the scorer that asks it. */
export interface JudgeFile {
  type: string;
  path: string;
}

/**
 * The files of these judges, or of all: from `dir`, else from `prompts/judges` where one works, else from the ones that
 * come with Assay.
 * @throws FileError without such a folder, UsageError for a type without a file
 */
export async function findJudgeFiles(
  types: readonly string[],
  dir: string | undefined,
): Promise<JudgeFile[]> {
  const folder = dir ?? (existsSync(FOLDER) ? FOLDER : shippedFolder());
  if (folder === undefined || !existsSync(folder)) {
    throw new FileError(
      `There is no folder ${folder ?? FOLDER} with the judges' prompts; name one with --dir.`,
    );
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const known = names.map((name) => ({ type: name.slice(0, -".yaml".length), path: join(folder, name) }));
  const missing = types.find((type) => !known.some((judge) => judge.type === type));
  if (missing !== undefined) {
    const all = known.map(({ type }) => type).join(", ");
    throw new UsageError(`There is no judge "${missing}" in ${folder}; there are ${all}.`);
  }
  return types.length === 0 ? known : known.filter(({ type }) => types.includes(type));
}

/** The checkout that this program is part of, from wherever in it the program lies. */
function shippedFolder(): string | undefined {
  let folder = import.meta.dirname;
  for (;;) {
    const candidate = resolve(folder, FOLDER);
    if (existsSync(candidate)) return candidate;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}
