import { newId } from "../new-id.ts";
import type { PlatformTx } from "../platform-tx.ts";
import type { AuditDraft } from "../tenant-tx.ts";

/** Leaves the trace in a tenant's own audit of what happened to its people from outside. */
export async function insertTenantAudit(
  tx: PlatformTx,
  tenantId: string,
  { details, ...draft }: AuditDraft,
): Promise<void> {
  const { db, tables } = tx.session;
  const row = { tenantId, id: newId("audit"), ...draft, details: details ?? {}, createdAt: new Date() };
  await db.insert(tables.auditEntries).values(row);
}
