import type { Case, CaseFilter, CaseOrder } from "@assay/core";
import type { DatasetVersionRow, TenantStore } from "@assay/store";
import { caseMatcher } from "./case-matcher.ts";
import { scanCases } from "./scan-cases.ts";
import { versionMemory } from "./version-memory.ts";

interface Wanted extends CaseFilter {
  order: CaseOrder;
}

/**
 * The places of the cases that a filter finds, in an order; undefined where that is all of them as they stand. The
 * first asking reads the whole version, in turns with others; the answer is remembered.
 */
export async function findPositions(
  tenant: TenantStore,
  version: DatasetVersionRow,
  wanted: Wanted,
): Promise<Uint32Array | undefined> {
  const { q = "", tag, group, order } = wanted;
  if (q === "" && tag === undefined && group === undefined && order === "dataset") return undefined;
  const key = JSON.stringify([version.id, "positions", q, tag, group, order]);
  return await versionMemory.recall({ tenantId: tenant.tenantId, key }, async () => {
    const value = await scan(tenant, version, wanted);
    return { value, bytes: value.byteLength };
  });
}

async function scan(tenant: TenantStore, version: DatasetVersionRow, wanted: Wanted): Promise<Uint32Array> {
  const { order, ...filter } = wanted;
  const isFound = caseMatcher(filter.q === "" ? { ...filter, q: undefined } : filter);
  const hasFilter = Object.values(filter).some((each) => each !== undefined && each !== "");
  const found: { position: number; sortKey: string }[] = [];
  for await (const texts of scanCases(tenant, version.id)) {
    for (const { position, key, json } of texts) {
      if (hasFilter && !isFound(json)) continue;
      found.push({ position, sortKey: sortKeyOf(order, key, json) });
    }
  }
  if (order !== "dataset") found.sort((a, b) => compare(a.sortKey, b.sortKey) || a.position - b.position);
  return Uint32Array.from(found, ({ position }) => position);
}

/** Cases without a group come after those with one. */
function sortKeyOf(order: CaseOrder, key: string, json: string): string {
  if (order === "dataset") return "";
  if (order === "key") return key;
  const { group } = JSON.parse(json) as Case;
  return group === undefined ? "1" : `0${group}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
