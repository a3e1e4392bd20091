import { readFile } from "node:fs/promises";
import { AppError, type GgufFacts, type ModelFileChecks } from "@assay/core";

/**
 * Model files for tests: four magic bytes, then JSON. The checks stand in for the port that reads real headers; the
 * readers of real ones have tests of their own. An adapter fits the base whose width it names.
 */
interface ToyModel {
  width: number;
  /** Makes two models of the same width different files. */
  seed?: number;
}

interface ToyAdapter {
  width: number;
  rank: number;
  alpha: number;
  seed?: number;
}

const MAGIC = "TOY:";

export function toyModel(model: ToyModel): Uint8Array {
  return Buffer.from(MAGIC + JSON.stringify(model));
}

export function toyAdapter(adapter: ToyAdapter): Uint8Array {
  return Buffer.from(MAGIC + JSON.stringify(adapter));
}

/** A file as it arrives: a few bytes at a time. */
export async function* streamOf(bytes: Uint8Array, chunkBytes = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export interface ToyModelFileChecks extends ModelFileChecks {
  /** Paths that were checked, oldest first. */
  readonly checked: readonly string[];
}

export function createToyModelFileChecks(): ToyModelFileChecks {
  const checked: string[] = [];
  const read = async <T>(path: string): Promise<T> => {
    checked.push(path);
    const text = await readFile(path, "utf8");
    if (!text.startsWith(MAGIC)) throw invalid("This is not a toy model file.");
    return JSON.parse(text.slice(MAGIC.length)) as T;
  };

  return {
    checked,
    checkModelFile: async (path) => {
      const { width } = await read<ToyModel>(path);
      return factsOf(width);
    },
    checkAdapterFile: async (path, basePath) => {
      const adapter = await read<ToyAdapter>(path);
      const base = await read<ToyModel>(basePath);
      if (adapter.rank === undefined) throw invalid("This is not a toy adapter file.");
      if (adapter.width !== base.width) {
        throw invalid(`The adapter is ${adapter.width} wide and its base ${base.width}.`);
      }
      return { rank: adapter.rank, alpha: adapter.alpha };
    },
  };
}

function invalid(message: string): AppError {
  return new AppError("model_file_invalid", message);
}

function factsOf(width: number): GgufFacts {
  return { architecture: "toy", name: null, contextLength: width, parameterCount: width, fileType: null };
}
