import { sql } from "../drizzle.ts";
import type { PlatformTx } from "../platform-tx.ts";

/** Deletes up to `limit` kept texts of all tenants that have expired; answers how many, and reads none of them. */
export async function deleteExpiredTraceContents(
  tx: PlatformTx,
  { now, limit }: { now: Date; limit: number },
): Promise<number> {
  const { session } = tx;
  const { traceContents } = session.tables;
  const bound = sql.param(now, traceContents.expiresAt);
  const deleted = await session.execute(sql`
    delete from ${traceContents} where (tenant_id, trace_id) in (
      select c.tenant_id, c.trace_id from ${traceContents} c
      where c.expires_at <= ${bound} order by c.expires_at limit ${limit})
    returning trace_id`);
  return deleted.length;
}
