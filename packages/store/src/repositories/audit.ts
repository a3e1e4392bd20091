import { and, desc, eq, inArray, lt, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

interface WantedEntries {
  actor?: string | undefined;
  actionPrefix?: string | undefined;
  /** Only about this object. */
  object?: string;
  /** Only of these actions. */
  actions?: readonly string[];
  after?: string;
  limit: number;
}

/** Newest first; `after` is the id of the last row of the page before. */
export async function listAuditRows(
  tx: TenantTx,
  { object, actions, actor, actionPrefix, after, limit }: WantedEntries,
) {
  const { auditEntries } = tx.tables;
  return await tx.select(auditEntries, {
    where: and(
      object === undefined ? undefined : eq(auditEntries.object, object),
      actions === undefined ? undefined : inArray(auditEntries.action, [...actions]),
      actor === undefined ? undefined : eq(auditEntries.actor, actor),
      actionPrefix === undefined
        ? undefined
        : sql`substr(${auditEntries.action}, 1, ${actionPrefix.length}) = ${actionPrefix}`,
      after === undefined ? undefined : lt(auditEntries.id, after),
    ),
    orderBy: [desc(auditEntries.id)],
    limit,
  });
}
