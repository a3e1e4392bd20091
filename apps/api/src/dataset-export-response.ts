import { invariant } from "@assay/core";
import { exportDataset, type VerbInput } from "@assay/services";
import { fileResponse } from "./file-response.ts";
import type { RawCall } from "./raw-handlers.ts";

/** Sends a dataset as a file, page by page as the reader takes it. */
export async function answerDatasetExport(call: RawCall): Promise<Response> {
  invariant(call.context !== undefined, "datasets belong to tenants");
  return fileResponse(call, await exportDataset(call.context, call.input as VerbInput<"exportDataset">));
}
