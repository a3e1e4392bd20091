import { notFound } from "@assay/core";
import {
  type DatasetRow,
  type DatasetVersionRow,
  findDatasetBySlug,
  findDatasetVersion,
  type TenantStore,
  type TenantTx,
} from "@assay/store";

/** @throws AppError `not_found` */
export async function requireDataset(tx: TenantTx, slug: string): Promise<DatasetRow> {
  const row = await findDatasetBySlug(tx, slug);
  if (row === undefined) throw notFound("dataset");
  return row;
}

/** @throws AppError `not_found` */
export async function requireVersion(
  tenant: TenantStore,
  { dataset, version }: { dataset: string; version: number },
): Promise<DatasetVersionRow> {
  return await tenant.read(async (tx) => {
    const { id } = await requireDataset(tx, dataset);
    const row = await findDatasetVersion(tx, id, version);
    if (row === undefined) throw notFound("version");
    return row;
  });
}
