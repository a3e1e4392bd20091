import { readFile, stat } from "node:fs/promises";
import { LIMITS } from "@assay/core";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { FileError } from "./cli-error.ts";

/**
 * A YAML file as a schema understands it.
 *
 * @throws FileError that names file, line and column of every problem, of the YAML itself or of what it says.
 */
export async function readYamlFile<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  return parseYaml({ path, text: await readBounded(path) }, schema);
}

export function parseYaml<S extends z.ZodType>(file: { path: string; text: string }, schema: S): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file.path}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new FileError(document.errors.map((error) => `${at(error.pos[0])}: ${error.message}`).join("\n"));
  }
  const parsed = schema.safeParse(toPlain(document, file.path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => innermost(issue, []));
  throw new FileError(
    problems
      .map(({ path, message }) => `${at(offsetOf(document, path))}: ${sentence(path, message)}`)
      .join("\n"),
  );
}

async function readBounded(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > LIMITS.bodyBytesMax)
      throw new FileError(`${path} is larger than ${LIMITS.bodyBytesMax} bytes.`);
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function toPlain(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Too many aliases: a small file that unfolds into a huge one.
    throw new FileError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

type Path = readonly PropertyKey[];

interface Problem {
  path: Path;
  message: string;
}

/** Of a union the alternative that came closest speaks; unknown keys are named one by one. */
function innermost(issue: z.core.$ZodIssue, parent: Path): Problem[] {
  const path = [...parent, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], message: "is not known here" }));
  }
  if (issue.code !== "invalid_union" || issue.errors.length === 0) {
    return [{ path, message: /received undefined$/.test(issue.message) ? "is missing" : issue.message }];
  }
  const alternatives = issue.errors.map((errors) => errors.flatMap((inner) => innermost(inner, path)));
  return alternatives.reduce((best, next) => (next.length < best.length ? next : best));
}

function sentence(path: Path, message: string): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}

/** Where the path stands in the text: its key, or for a missing one what it is missing from. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = keyOffset(document, path.slice(0, length));
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: Path): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
