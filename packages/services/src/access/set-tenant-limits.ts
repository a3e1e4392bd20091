import { type KeyLimits, notFound, type TenantLimitsSet } from "@assay/core";
import { findTenant, listBoundKeys, setKeyLimits } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import type { VerbInput } from "../verb.ts";

type Bound = Awaited<ReturnType<typeof listBoundKeys>>[number];

/**
 * Sets the most that a key of the tenant may ask for. The operator's keys for the tenant get it, as the first of them
 * is what all others are held against; every other key in use that has more is brought down to it, and those with less
 * keep theirs. In force at once in this process, within LIMITS.keyCacheMs everywhere.
 * @throws AppError `not_found`
 */
export async function setTenantLimits(
  { platform, operatorId, requestId }: OperatorContext,
  { tenantId, requestsPerMinute, concurrentRequests }: VerbInput<"setTenantLimits">,
): Promise<TenantLimitsSet> {
  const limits = { requestsPerMinute, concurrentRequests };
  const tenant = await platform.store.readPlatform((tx) => findTenant(tx, tenantId));
  if (tenant === undefined) throw notFound("tenant");
  const changedKeys = await platform.store.forTenant(tenantId, requestId).write(async (tx) => {
    const changed = (await listBoundKeys(tx)).filter((key) => !isSame(key.limits, limitsOf(key, limits)));
    for (const key of changed) await setKeyLimits(tx, key.id, limitsOf(key, limits));
    const actor = `operator:${operatorId}`;
    const details = { ...limits, changedKeys: changed.length };
    await tx.audit({ actor, action: "tenant.limits", object: tenantId, details });
    return changed.length;
  });
  platform.keys.forgetTenant(tenantId);
  return { limits, changedKeys };
}

function limitsOf({ limits: own, createdByKeyId, createdByUserId }: Bound, limits: KeyLimits): KeyLimits {
  if (createdByKeyId === null && createdByUserId === null) return limits;
  return {
    requestsPerMinute: Math.min(own.requestsPerMinute, limits.requestsPerMinute),
    concurrentRequests: Math.min(own.concurrentRequests, limits.concurrentRequests),
  };
}

function isSame(a: KeyLimits, b: KeyLimits): boolean {
  return a.requestsPerMinute === b.requestsPerMinute && a.concurrentRequests === b.concurrentRequests;
}
