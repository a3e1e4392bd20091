import type { Dataset, DatasetVersion } from "@assay/core";
import type { DatasetRow, DatasetVersionRow } from "@assay/store";

/** A dataset as it is read. */
export function datasetOf(row: DatasetRow, newest: DatasetVersionRow | undefined): Dataset {
  return {
    id: row.id,
    slug: row.slug,
    description: row.description,
    latestVersion: newest?.version ?? null,
    caseCount: newest?.caseCount ?? null,
    updatedAt: (newest?.createdAt ?? row.createdAt).toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

/** A version of a dataset as it is read. */
export function datasetVersionOf(row: DatasetVersionRow, dataset: string): DatasetVersion {
  return {
    id: row.id,
    dataset,
    version: row.version,
    contentHash: row.contentSha256,
    caseCount: row.caseCount,
    note: row.note,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}
