import type { Case, ImportOutcome } from "@assay/core";
import type { Context } from "../../context.ts";
import { importDataset } from "../import-dataset.ts";

/** Text as a request's body brings it. */
export async function* textOf(...pieces: string[]): AsyncGenerator<string> {
  yield* pieces;
}

/** Stores cases as the next version of a dataset, which is made where it is not there yet. */
export async function datasetOfCases(
  context: Context,
  dataset: string,
  cases: readonly Partial<Case>[],
): Promise<ImportOutcome> {
  const text = textOf(cases.map((each) => `${JSON.stringify(each)}\n`).join(""));
  return await importDataset(context, { dataset, create: "true", format: "jsonl", text });
}
