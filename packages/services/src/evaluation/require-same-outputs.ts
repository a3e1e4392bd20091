import { AppError } from "@assay/core";
import type { RunRow } from "@assay/store";
import type { EvidenceParts } from "./evidence-hashes.ts";

/** @throws AppError `invalid_input` unless the outputs of `source` are this version's on these cases. */
export function requireSameOutputs({ promptVersion, datasetVersion }: EvidenceParts, source: RunRow): void {
  if (promptVersion.id !== source.promptVersionId) {
    throw refused("The run to be scored again is of another prompt version.");
  }
  if (datasetVersion.contentSha256 !== source.hashes.dataset) {
    throw refused("The run to be scored again is of other cases.");
  }
}

function refused(message: string): AppError {
  return new AppError("invalid_input", `${message} Leave version and dataset version out to take its own.`, {
    param: "rescoreOf",
  });
}
