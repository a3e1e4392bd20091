import { LIMITS } from "@assay/core";
import { sumTraceContentBytes, type TenantTx } from "@assay/store";

/** Counted anew after this long, and sooner when it seems full: texts expire, and other processes add some. */
const COUNT_HOLDS_MS = 10 * 60_000;
const FULL_HOLDS_MS = 60_000;

interface Count {
  bytes: number;
  countedAtMs: number;
}

const counts = new Map<string, Count>();

/**
 * May the tenant keep so many bytes more? Counted in the store now and then, and added up in between, so that a request
 * does not pay for counting; several processes together may go past the bound by what they add until they count again.
 */
export async function hasRoomForContent(
  tx: TenantTx,
  { bytes, now }: { bytes: number; now: Date },
): Promise<boolean> {
  let count = counts.get(tx.tenantId);
  if (count === undefined || isOld(count, bytes, now.getTime())) {
    count = { bytes: await sumTraceContentBytes(tx), countedAtMs: now.getTime() };
    if (counts.size >= LIMITS.keyCacheEntriesMax) counts.clear();
    counts.set(tx.tenantId, count);
  }
  if (!fits(count, bytes)) return false;
  count.bytes += bytes;
  return true;
}

function fits(count: Count, bytes: number): boolean {
  return count.bytes + bytes <= LIMITS.traceContentBytesPerTenantMax;
}

function isOld(count: Count, bytes: number, nowMs: number): boolean {
  const ageMs = Math.abs(nowMs - count.countedAtMs);
  return ageMs > (fits(count, bytes) ? COUNT_HOLDS_MS : FULL_HOLDS_MS);
}
