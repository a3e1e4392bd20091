import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { LIMITS, type Partials } from "@assay/core";
import { FileError } from "../cli-error.ts";

/**
 * The texts that a prompt file names by paths beside it. A path leads out of the prompt file's folder by no spelling
 * and no link: a file somebody else wrote must not carry this machine's files to a server.
 *
 * @throws FileError for a path out of the folder, or a file that cannot be read or is too large.
 */
export async function readPartials(
  promptFile: string,
  paths: Readonly<Record<string, string>>,
): Promise<Partials> {
  const folder = await realpath(dirname(promptFile));
  const texts: Partials = {};
  for (const [name, path] of Object.entries(paths)) {
    texts[name] = await readPartial({ promptFile, folder, name, path });
  }
  return texts;
}

interface PartialFile {
  promptFile: string;
  folder: string;
  name: string;
  path: string;
}

async function readPartial({ promptFile, folder, name, path }: PartialFile): Promise<string> {
  const refuse = (problem: string) => new FileError(`${promptFile}: partials.${name}: ${path} ${problem}`);
  const outside = "is outside of the prompt file's folder; partials lie in it or below.";
  if (isAbsolute(path)) throw refuse(outside);
  const found = await realpath(resolve(folder, path)).catch(() => undefined);
  // Told before whether there is such a file: what lies outside is nobody's business here.
  if (leadsOut(folder, resolve(folder, path)) || (found !== undefined && leadsOut(folder, found))) {
    throw refuse(outside);
  }
  if (found === undefined) throw refuse("does not exist.");
  const facts = await stat(found);
  if (!facts.isFile()) throw refuse("is not a file.");
  if (facts.size > LIMITS.promptContentBytesMax) {
    throw refuse(`is larger than ${LIMITS.promptContentBytesMax} bytes.`);
  }
  return await readFile(found, "utf8");
}

function leadsOut(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
}
