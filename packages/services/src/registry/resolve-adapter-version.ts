import { AdapterReference, notFound, VersionNumber } from "@assay/core";
import { type AdapterVersionRow, findAdapterBySlug, findAdapterVersion, type TenantTx } from "@assay/store";

export interface ResolvedAdapterVersion extends AdapterVersionRow {
  adapter: string;
}

/**
 * The version that `slug@n` means to this tenant. Another tenant's adapter is as unknown as one that does not exist.
 * @throws AppError `not_found`
 */
export async function resolveAdapterVersion(
  tx: TenantTx,
  reference: string,
): Promise<ResolvedAdapterVersion> {
  const at = reference.lastIndexOf("@");
  const slug = reference.slice(0, at);
  const version = VersionNumber.safeParse(reference.slice(at + 1));
  const unknown = notFound(`adapter version "${reference}"`);
  if (!AdapterReference.safeParse(reference).success || !version.success) throw unknown;
  const adapter = await findAdapterBySlug(tx, slug);
  const row = adapter && (await findAdapterVersion(tx, adapter.id, version.data));
  if (row === undefined) throw unknown;
  return { ...row, adapter: slug };
}
