import { createHash } from "node:crypto";
import type { Platform } from "@assay/services";
import { listTenantRows } from "@assay/store/testing";

/** Every row of a tenant, table by table: how many, and a hash over all of them. */
export async function snapshotOf(platform: Platform, tenantId: string): Promise<Record<string, string>> {
  const tables = await listTenantRows(platform.store, tenantId);
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      `${rows.length} rows ${createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16)}`,
    ]),
  );
}
