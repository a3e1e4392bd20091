import type { Client } from "@assay/client";
import type { ImportedDataset } from "@assay/core";
import { openFileBody } from "../open-file-body.ts";
import { droppedCases } from "./dropped-cases.ts";
import type { DatasetFile } from "./load-suite.ts";

export interface PushedDataset extends ImportedDataset {
  /** Says which cases of the version before the file does not have; absent where it has them all. */
  dropped?: string | undefined;
}

/**
 * Imports a file as the next version of its dataset, naming the dataset with it when it is new.
 * @throws FileError when the file cannot be read.
 */
export async function pushDataset(client: Client, file: DatasetFile): Promise<PushedDataset> {
  const { path, slug, format } = file;
  const text = await openFileBody(path);
  const imported = await client.importDataset({ dataset: slug, format, create: "true", text });
  return {
    ...imported,
    dropped: imported.created ? await droppedCases(client, imported.version) : undefined,
  };
}
