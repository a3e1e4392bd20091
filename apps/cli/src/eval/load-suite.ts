import { stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { Slug, SuiteFile } from "@assay/core";
import { FileError } from "../cli-error.ts";
import { readYamlFile } from "../read-yaml-file.ts";
import { pinScripts } from "../scripts/pin-scripts.ts";
import { slugOfFile } from "../slug-of-file.ts";

/** A suite file with what it names on disk. */
export interface LoadedSuite {
  path: string;
  /** The suite's name: that of its file. */
  slug: string;
  spec: SuiteFile;
  /** The dataset is this file, stored under the file's name; without one `spec.dataset` is a stored dataset. */
  datasetFile: DatasetFile | undefined;
  /** `prompts/<tenant>/<prompt>.yaml` of the same tree, when it is there. */
  promptFile: string | undefined;
}

export interface DatasetFile {
  path: string;
  slug: string;
  format: "jsonl" | "csv";
}

/**
 * Reads `evals/<tenant>/<name>.yaml`. Paths within it start at its own folder.
 *
 * @throws FileError with the line of every problem.
 */
export async function loadSuite(path: string): Promise<LoadedSuite> {
  const spec = await readYamlFile(path, SuiteFile);
  return {
    path,
    slug: slugOfFile(path),
    spec: { ...spec, scorers: await pinScripts(path, spec.scorers) },
    datasetFile: datasetFileOf(path, spec.dataset),
    promptFile: await promptFileOf(path, spec.prompt),
  };
}

/** The tenant that a tree `evals/<tenant>/<name>.yaml` keeps a suite for. */
export function tenantOfSuite(path: string): string {
  return basename(dirname(resolve(path)));
}

/**
 * A dataset's file: its ending is the format, and its name the dataset's unless `slug` says otherwise.
 *
 * @throws FileError when the ending is neither `.jsonl` nor `.csv`.
 */
export function datasetFile(path: string, slug?: string): DatasetFile {
  const ending = extname(path).slice(1);
  if (ending !== "jsonl" && ending !== "csv")
    throw new FileError(`${path}: a dataset is a .jsonl or a .csv file.`);
  return { path, slug: slug ?? slugOfFile(path), format: ending };
}

function datasetFileOf(suitePath: string, dataset: string): DatasetFile | undefined {
  if (!/[/\\]|\.(jsonl|csv)$/.test(dataset)) {
    if (Slug.safeParse(dataset).success) return undefined;
    throw new FileError(`${suitePath}: dataset "${dataset}" is neither a name nor a .jsonl or .csv file.`);
  }
  return datasetFile(resolve(dirname(suitePath), dataset));
}

async function promptFileOf(suitePath: string, prompt: string): Promise<string | undefined> {
  const folder = dirname(resolve(suitePath));
  const path = join(folder, "../../prompts", basename(folder), `${prompt}.yaml`);
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isThere ? path : undefined;
}
