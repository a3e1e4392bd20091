import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type PromptContent, sameJson } from "@assay/core";
import { formatPromptFile, type PromptSource, readPromptSource } from "./prompt-file.ts";

/**
 * Writes a version's content to a prompt file and its partials to files beside it, unless the files say the same:
 * those keep their comments and layout. A partial whose file says the same stays in it, also when other prompts share
 * it; any other gets a file of this prompt's own.
 *
 * @returns whether anything was written.
 */
export async function writePromptFile(path: string, content: PromptContent): Promise<boolean> {
  const isThere = await readFile(path).then(
    () => true,
    () => false,
  );
  const present = isThere ? await readPromptSource(path) : undefined;
  if (present !== undefined && sameJson(present.content, content)) return false;
  await writeFile(path, formatPromptFile(content, await writePartials(path, content, present)));
  return true;
}

async function writePartials(
  path: string,
  { partials = {} }: PromptContent,
  present: PromptSource | undefined,
): Promise<Record<string, string>> {
  const slug = basename(path).replace(/\.ya?ml$/, "");
  const paths: Record<string, string> = {};
  for (const [name, text] of Object.entries(partials)) {
    const kept = present?.content.partials?.[name] === text ? present.partialPaths[name] : undefined;
    paths[name] = kept ?? `./partials/${slug}.${name}.liquid`;
    if (kept !== undefined) continue;
    await mkdir(join(dirname(path), "partials"), { recursive: true });
    await writeFile(join(dirname(path), paths[name]), text);
  }
  return paths;
}
