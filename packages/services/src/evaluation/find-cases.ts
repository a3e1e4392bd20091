import { AppError, notFound } from "@assay/core";
import {
  type DatasetVersionRow,
  findDatasetVersion,
  findNewestDatasetVersion,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";

/**
 * The dataset version with this number of a suite version's dataset; the newest without one.
 * @throws AppError `not_found`, or `invalid_input` while the dataset has no version.
 */
export async function findCases(
  tx: TenantTx,
  { suiteVersion, number }: { suiteVersion: SuiteVersionRow; number: number | undefined },
): Promise<DatasetVersionRow> {
  const { datasetId, spec } = suiteVersion;
  if (number !== undefined) {
    const row = await findDatasetVersion(tx, datasetId, number);
    if (row === undefined) throw notFound("dataset version");
    return row;
  }
  const newest = await findNewestDatasetVersion(tx, datasetId);
  if (newest !== undefined) return newest;
  throw new AppError(
    "invalid_input",
    `The dataset "${spec.dataset}" has no version yet; import its cases first.`,
  );
}
