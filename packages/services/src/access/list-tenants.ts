import type { Page, Tenant } from "@assay/core";
import { listTenantRows } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

export async function listTenants(
  context: OperatorContext,
  query: VerbInput<"listTenants">,
): Promise<Page<Tenant>> {
  const rows = await context.platform.store.readPlatform((tx) => listTenantRows(tx, keysetOf(query)));
  return pageOfRows({
    query,
    rows,
    cursorOf: (row) => row.slug,
    toItem: (row): Tenant => ({ ...row, createdAt: row.createdAt.toISOString() }),
  });
}
