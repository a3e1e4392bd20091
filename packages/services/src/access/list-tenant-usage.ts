import { DAY_MS, type Page, type TenantUsage, type UsageSum } from "@assay/core";
import {
  countKeys,
  countMembers,
  countRunsSince,
  findFirstOperatorKey,
  listTenantRows,
  sumRunUsage,
  sumUsage,
  type UsageTotals,
} from "@assay/store";
import type { OperatorContext, Platform } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

type TenantRow = Awaited<ReturnType<typeof listTenantRows>>[number];

/** Tenants by slug, each in numbers. Names of what a tenant has stay behind: only sums leave this file. */
export async function listTenantUsage(
  { platform }: OperatorContext,
  { days, ...query }: VerbInput<"listTenantUsage">,
): Promise<Page<TenantUsage>> {
  const since = new Date(platform.now().getTime() - days * DAY_MS);
  const rows = await platform.store.readPlatform((tx) => listTenantRows(tx, keysetOf(query)));
  const page = pageOfRows({ query, rows, toItem: (row) => row, cursorOf: (row) => row.slug });
  const items: TenantUsage[] = [];
  for (const row of page.items) items.push(await inNumbers(platform, row, since));
  return { ...page, items };
}

async function inNumbers(platform: Platform, row: TenantRow, since: Date): Promise<TenantUsage> {
  const fileBytes = await platform.files.bytesOf({ kind: "tenant", tenantId: row.id });
  return await platform.store.forTenant(row.id).read(async (tx) => {
    const requests = Map.groupBy(await sumUsage(tx, { since }), ({ source }) => source);
    return {
      tenant: { ...row, createdAt: row.createdAt.toISOString() },
      limits: (await findFirstOperatorKey(tx))?.limits ?? null,
      members: await countMembers(tx),
      keys: await countKeys(tx),
      fileBytes,
      served: addedUp(requests.get("served") ?? []),
      playground: addedUp(requests.get("playground") ?? []),
      evaluations: { ...addedUp(await sumRunUsage(tx, { since })), runs: await countRunsSince(tx, since) },
    };
  });
}

function addedUp(totals: readonly UsageTotals[]): UsageSum {
  const sumOf = (name: "requests" | "failedRequests" | "promptTokens" | "completionTokens" | "costMicros") =>
    totals.reduce((sum, each) => sum + each[name], 0);
  const unpricedRequests = totals.reduce((sum, each) => sum + each.unpricedRequests, 0);
  return {
    requests: sumOf("requests"),
    failedRequests: sumOf("failedRequests"),
    promptTokens: sumOf("promptTokens"),
    completionTokens: sumOf("completionTokens"),
    // Unknown is not zero.
    costMicros: unpricedRequests > 0 ? null : sumOf("costMicros"),
    unpricedRequests,
  };
}
