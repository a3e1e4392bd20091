import { openAsBlob } from "node:fs";
import type { Client } from "@assay/client";
import type { ImportedDataset } from "@assay/core";
import { FileError } from "../cli-error.ts";
import type { DatasetFile } from "./load-suite.ts";

/** Imports a file as the next version of its dataset, naming the dataset with it when it is new. */
export async function pushDataset(client: Client, file: DatasetFile): Promise<ImportedDataset> {
  const { path, slug, format } = file;
  const text = await openAsBlob(path).catch(() => {
    throw new FileError(`${path} cannot be read.`);
  });
  return await client.importDataset({ dataset: slug, format, create: "true", text });
}
