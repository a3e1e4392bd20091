import { readFile, stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { type Json, LIMITS } from "@assay/core";
import { parse } from "yaml";
import { FileError } from "../cli-error.ts";
import { csvRows } from "./csv-rows.ts";
import { asText, isMap, type JsonMap } from "./plain-values.ts";

/** The files beside a config, as `file://…` names them: paths start at the config's own folder. */
export interface ConfigFiles {
  /** The text of a file. @throws FileError */
  text(reference: string): Promise<string>;
  /** What a YAML, JSON, JSONL or CSV file holds; the text of any other. */
  value(reference: string): Promise<Json>;
}

export function openConfigFiles(configPath: string): ConfigFiles {
  const text = (reference: string) => readBounded(resolve(dirname(configPath), pathOf(reference)));
  return {
    text,
    value: async (reference) => parseAs(extname(pathOf(reference)), await text(reference), reference),
  };
}

/** A promptfoo config, its `$ref`s to its own `assertionTemplates` resolved. @throws FileError when it is none. */
export async function readConfig(path: string): Promise<JsonMap> {
  const value = parseAs(".yaml", await readBounded(path), path);
  if (!isMap(value)) throw new FileError(`${path} is no promptfoo config: it is not a list of settings.`);
  return withoutReferences(value, value, 0) as JsonMap;
}

function withoutReferences(value: Json, root: JsonMap, depth: number): Json {
  if (depth > LIMITS.jsonDepthMax) throw new FileError("The config refers to itself, or is too deep.");
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, root, depth + 1));
  if (!isMap(value)) return value;
  const { $ref: reference, ...rest } = value;
  const found = typeof reference === "string" ? valueAt(root, reference) : undefined;
  const merged = isMap(found) ? { ...found, ...rest } : value;
  return Object.fromEntries(
    Object.entries(merged).map(([name, member]) => [name, withoutReferences(member, root, depth + 1)]),
  );
}

function valueAt(root: JsonMap, reference: string): Json | undefined {
  let found: Json | undefined = root;
  for (const name of reference.replace(/^#\//, "").split("/")) found = isMap(found) ? found[name] : undefined;
  return found;
}

function pathOf(reference: string): string {
  return reference.replace(/^file:\/\//, "");
}

function parseAs(ending: string, text: string, name: string): Json {
  try {
    if (ending === ".csv") return csvRows(text);
    if (ending === ".jsonl")
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Json);
    // JSON is YAML.
    if ([".yaml", ".yml", ".json"].includes(ending)) return parse(text) as Json;
    return text;
  } catch (error) {
    throw new FileError(`${name} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function readBounded(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) throw new FileError(`${path} is not there, or is no file.`);
  if (found.size > LIMITS.datasetBytesMax) throw new FileError(`${path} is larger than a dataset may be.`);
  return readFile(path, "utf8");
}

export function isFileReference(value: Json | undefined): value is string {
  return asText(value).startsWith("file://");
}
