import type { Store } from "../open-store.ts";
import type { TenantTable } from "../tenant-row.ts";

/** Every row of a tenant by table, in a stable order: to see that nothing has changed. */
export async function listTenantRows(store: Store, tenantId: string): Promise<Record<string, unknown[]>> {
  return await store.forTenant(tenantId).read(async (tx) => {
    const rows: Record<string, unknown[]> = {};
    for (const [name, table] of Object.entries(tx.tables)) {
      if (!("tenantId" in table)) continue;
      const found = await tx.select(table as unknown as TenantTable);
      rows[name] = found.map((row) => JSON.stringify(row)).sort();
    }
    return rows;
  });
}
