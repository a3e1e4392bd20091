import type { Kit } from "../kit.ts";
import type { PlatformTables } from "./platform-tables.ts";

/** The first column of every tenant's table. Removing a tenant removes its rows. */
export function tenantColumn(k: Kit, tenants: PlatformTables["tenants"]) {
  return k
    .text("tenant_id")
    .notNull()
    .references(() => tenants.id, { onDelete: "cascade" });
}
