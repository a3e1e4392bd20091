import { openAsBlob } from "node:fs";
import { type Client, ClientError } from "@assay/client";
import type { ImportedDataset } from "@assay/core";
import { FileError } from "../cli-error.ts";
import type { DatasetFile } from "./load-suite.ts";

/** Imports a file as the next version of its dataset, naming the dataset first when it is new. */
export async function pushDataset(client: Client, file: DatasetFile): Promise<ImportedDataset> {
  const { path, slug, format } = file;
  const text = await openAsBlob(path).catch(() => {
    throw new FileError(`${path} cannot be read.`);
  });
  const push = () => client.importDataset({ dataset: slug, format, text });
  try {
    return await push();
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "not_found") throw error;
    await client.createDataset({ slug });
    return push();
  }
}
