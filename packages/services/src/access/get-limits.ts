import { type Holding, type KeyLimits, LIMITS, type TenantLimits } from "@assay/core";
import {
  countAdapters,
  countConnections,
  countDatasets,
  countKeys,
  countMembers,
  countModels,
  countPrompts,
  countServedSince,
  countStoredCases,
  countSuites,
  findFirstOperatorKey,
  findKey,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";

const MINUTE_MS = 60_000;

/** What caller and tenant may do at most, and what they do. What a tenant has and does is no business of a confined key. */
export async function getLimits(context: Context): Promise<TenantLimits> {
  const { platform, tenant, caller } = context;
  const isConfined = caller.prompts !== null || caller.labels !== null;
  const fileBytes = isConfined
    ? 0
    : await platform.files.bytesOf({ kind: "tenant", tenantId: tenant.tenantId });
  return await tenant.read(async (tx) => {
    const since = new Date(platform.now().getTime() - MINUTE_MS);
    const served = await countServedSince(tx, { since, keyId: caller.keyId });
    const own = { ...(await limitsOf(tx, caller.keyId)), requestsLastMinute: served.ofKey };
    if (isConfined) return { caller: own, tenant: null, holdings: [] };
    const first = await findFirstOperatorKey(tx);
    return {
      caller: own,
      tenant: { keyLimits: first?.limits ?? null, requestsLastMinute: served.all },
      holdings: await holdingsOf(tx, fileBytes),
    };
  });
}

async function limitsOf(tx: TenantTx, keyId: string | null): Promise<KeyLimits> {
  const key = keyId === null ? undefined : await findKey(tx, keyId);
  return (
    key?.limits ?? {
      requestsPerMinute: LIMITS.personRequestsPerMinute,
      concurrentRequests: LIMITS.personConcurrentRequests,
    }
  );
}

async function holdingsOf(tx: TenantTx, fileBytes: number): Promise<Holding[]> {
  return [
    { name: "prompts", used: await countPrompts(tx), max: LIMITS.promptsPerTenantMax },
    { name: "datasets", used: await countDatasets(tx), max: LIMITS.datasetsPerTenantMax },
    { name: "cases", used: await countStoredCases(tx), max: LIMITS.casesPerTenantMax },
    { name: "suites", used: await countSuites(tx), max: LIMITS.suitesPerTenantMax },
    { name: "models", used: await countModels(tx), max: LIMITS.modelsPerTenantMax },
    { name: "adapters", used: await countAdapters(tx), max: LIMITS.adaptersPerTenantMax },
    { name: "connections", used: await countConnections(tx), max: LIMITS.connectionsPerTenantMax },
    { name: "keys", used: await countKeys(tx), max: LIMITS.keysPerTenantMax },
    { name: "members", used: await countMembers(tx), max: LIMITS.membersPerTenantMax },
    { name: "fileBytes", used: fileBytes, max: LIMITS.fileBytesPerTenantMax },
  ];
}
