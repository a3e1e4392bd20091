import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import type { SuiteFile } from "@assay/core";
import { FileError } from "../cli-error.ts";

type Scorers = SuiteFile["scorers"];

/**
 * Scripts that a suite file names, with the hash of what they are now: as part of the options it enters the evidence.
 * Paths in the file start at its own folder and stay in it; what is stored starts at the working folder.
 *
 * @throws FileError when a script is elsewhere or cannot be read.
 */
export async function pinScripts(suitePath: string, scorers: Scorers): Promise<Scorers> {
  return await Promise.all(
    scorers.map(async (use) => {
      if (use.type !== "javascript" || !("options" in use)) return use;
      const { file } = use.options;
      if (typeof file !== "string") return use;
      const path = resolve(dirname(suitePath), file);
      if (!path.startsWith(resolve(dirname(suitePath)) + sep))
        throw new FileError(`${suitePath}: the script ${file} is outside the suite's folder.`);
      const options = { ...use.options, file: relative(process.cwd(), path), sha256: await hashOf(path) };
      return { ...use, options };
    }),
  );
}

async function hashOf(path: string): Promise<string> {
  try {
    return createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  } catch (error) {
    throw new FileError(`${path}: the script cannot be read.`, { cause: error });
  }
}
