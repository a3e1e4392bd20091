import { type Case, type CaseFacets, LIMITS } from "@assay/core";
import type { DatasetVersionRow, TenantStore } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireVersion } from "./find-version.ts";
import { scanCases } from "./scan-cases.ts";
import { versionMemory } from "./version-memory.ts";

/** Tags and groups of a version with how many cases they have. Remembered, as versions never change. */
export async function getCaseFacets(
  { tenant }: Context,
  at: VerbInput<"getCaseFacets">,
): Promise<CaseFacets> {
  const version = await requireVersion(tenant, at);
  const key = JSON.stringify([version.id, "facets"]);
  return await versionMemory.recall({ tenantId: tenant.tenantId, key }, async () => {
    const value = await countFacets(tenant, version);
    return { value, bytes: JSON.stringify(value).length * 2 };
  });
}

async function countFacets(tenant: TenantStore, version: DatasetVersionRow): Promise<CaseFacets> {
  const tags = new Map<string, number>();
  const groups = new Map<string, number>();
  let ungrouped = 0;
  for await (const texts of scanCases(tenant, version.id)) {
    for (const { json } of texts) {
      const each: Case = JSON.parse(json);
      for (const tag of new Set(each.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1);
      if (each.group === undefined) ungrouped += 1;
      else groups.set(each.group, (groups.get(each.group) ?? 0) + 1);
    }
  }
  return {
    cases: version.caseCount,
    tagCount: tags.size,
    tags: largest(tags),
    groupCount: groups.size,
    groups: largest(groups),
    ungrouped,
  };
}

function largest(counts: ReadonlyMap<string, number>): { name: string; cases: number }[] {
  return [...counts]
    .map(([name, cases]) => ({ name, cases }))
    .sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1))
    .slice(0, LIMITS.caseFacetsMax);
}
