import { desc, lt } from "drizzle-orm";
import type { TenantTx } from "../tenant-tx.ts";

/** Newest first; `after` is the id of the last row of the page before. */
export async function listAuditRows(tx: TenantTx, page: { after?: string; limit: number }) {
  const { auditEntries } = tx.tables;
  return await tx.select(auditEntries, {
    where: page.after === undefined ? undefined : lt(auditEntries.id, page.after),
    orderBy: [desc(auditEntries.id)],
    limit: page.limit,
  });
}
