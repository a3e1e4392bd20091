import { findPromptVersionById, type TenantTx } from "@assay/store";

/** The number of a version that a label had; null where it had none. */
export async function versionNumber(tx: TenantTx, versionId: string | null): Promise<number | null> {
  return versionId === null ? null : ((await findPromptVersionById(tx, versionId))?.version ?? null);
}
