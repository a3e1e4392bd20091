import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Document } from "yaml";
import { FileError } from "../cli-error.ts";
import { formatPromptFile } from "../prompt-files/prompt-file.ts";
import { AFFIXES, convertPrompts, readProvider } from "./convert-prompts.ts";
import { convertTests } from "./convert-tests.ts";
import type { Note } from "./notes.ts";
import { asNumber, isMap, type JsonMap, slugOf } from "./plain-values.ts";
import { openConfigFiles, readConfig } from "./read-config.ts";
import { readTests } from "./read-tests.ts";

export interface ImportOptions {
  /** The tree to write `prompts/<tenant>` and `evals/<tenant>` into. */
  out: string;
  tenant: string;
  name: string | undefined;
  model: string | undefined;
}

export interface Imported {
  files: string[];
  cases: number;
  notes: Note[];
}

const READ = new Set(
  "$schema description prompts providers targets tests scenarios defaultTest assertionTemplates evaluateOptions".split(
    " ",
  ),
);

/**
 * Writes the prompt files, suite files and dataset of a promptfoo config: one suite for each prompt, all on the same
 * cases. Each thing without a counterpart is noted once, by its place.
 *
 * @throws FileError when the config or a file that it names cannot be read, or holds no prompt.
 */
export async function importPromptfoo(path: string, options: ImportOptions): Promise<Imported> {
  const notes: Note[] = [];
  const note = (place: string, message: string) => {
    if (!notes.some((known) => known.place === place && known.message === message))
      notes.push({ place, message });
  };
  const files = openConfigFiles(path);
  const config = await readConfig(path);
  for (const name of Object.keys(config).filter((key) => !READ.has(key))) note(name, "is not taken over");
  const name = slugOf(options.name ?? nameOf(path), "imported");
  const provider = readProvider(config, options.model, note);
  const tests = await readTests(config, files, note);
  const withAffixes = tests.some((test) => Object.keys(AFFIXES).some((affix) => affix in test.options));
  const settings = { ...provider, name, withAffixes };
  const { prompts, variables } = await convertPrompts(config, settings, { files, note });
  if (prompts.length === 0) throw new FileError(`${path} holds no prompt that can be taken over.`);
  const { cases, scorers } = await convertTests(tests, { variables, files, note });
  const repeats = isMap(config.evaluateOptions) ? asNumber(config.evaluateOptions.repeat) : undefined;
  const written = new Map([
    [`evals/${options.tenant}/${name}.jsonl`, cases.map((row) => `${JSON.stringify(row)}\n`).join("")],
  ]);
  for (const { slug, content } of prompts) {
    written.set(`prompts/${options.tenant}/${slug}.yaml`, formatPromptFile(content));
    const suite = {
      prompt: slug,
      dataset: `./${name}.jsonl`,
      scorers,
      ...(repeats !== undefined && { repeats }),
    };
    written.set(`evals/${options.tenant}/${slug}.yaml`, yamlOf(suite));
  }
  return { files: await writeAll(options.out, written), cases: cases.length, notes };
}

/** The config's own name, or its folder's where it has the name that all of them have. */
function nameOf(path: string): string {
  const own = basename(path).replace(/\.ya?ml$|\.json$/, "");
  return own === "promptfooconfig" ? basename(dirname(resolve(path))) : own;
}

function yamlOf(value: JsonMap): string {
  return new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

/** Nothing that is there already is written over. */
async function writeAll(out: string, written: ReadonlyMap<string, string>): Promise<string[]> {
  const paths: string[] = [];
  for (const [file, text] of written) {
    const path = join(out, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EEXIST"
          ? "is there already; import into another folder"
          : `cannot be written: ${error.message}`;
      throw new FileError(`${path} ${reason}`);
    });
    paths.push(path);
  }
  return paths;
}
