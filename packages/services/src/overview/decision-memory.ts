import { LIMITS } from "@assay/core";

/** What a gate would say to a version, and whether there was a run of everything as it is now to say it by. */
export interface Foreseen {
  passes: boolean;
  isMeasured: boolean;
}

interface Entry {
  foreseen: Foreseen;
  untilMs: number;
}

/**
 * What gates would say, for a while. Working it out reads the results of whole runs, and every open home page asks
 * again every few seconds. A tenant that asks for too much pushes out its own alone.
 */
const memory = new Map<string, Map<string, Entry>>();

export function recallDecision(tenantId: string, key: string, now: Date): Foreseen | undefined {
  const entry = memory.get(tenantId)?.get(key);
  return entry !== undefined && entry.untilMs > now.getTime() ? entry.foreseen : undefined;
}

export function keepDecision(tenantId: string, key: string, { now, ...foreseen }: Foreseen & { now: Date }) {
  forgetOutdated(now);
  const ofTenant = memory.get(tenantId) ?? new Map<string, Entry>();
  memory.set(tenantId, ofTenant);
  ofTenant.delete(key);
  ofTenant.set(key, { foreseen, untilMs: now.getTime() + LIMITS.overviewDecisionKeepMs });
  const [oldest] = ofTenant.keys();
  if (ofTenant.size > LIMITS.overviewDecisionsKeptPerTenantMax && oldest !== undefined)
    ofTenant.delete(oldest);
}

/** So that a tenant nobody looks at takes no memory: what was kept last ends last. */
function forgetOutdated(now: Date): void {
  for (const [tenantId, entries] of memory) {
    for (const [key, { untilMs }] of entries) {
      if (untilMs > now.getTime()) break;
      entries.delete(key);
    }
    if (entries.size === 0) memory.delete(tenantId);
  }
}
