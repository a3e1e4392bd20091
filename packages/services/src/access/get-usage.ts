import type { UsageRow } from "@assay/core";
import { findVersionNames, sumRunUsage, sumUsage, type UsageTotals } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** Usage by key, version and model, of requests served, of what people tried out and of runs. A group with an unpriced request has no cost: unknown is not zero. */
export async function getUsage(
  context: Context,
  query: VerbInput<"getUsage">,
): Promise<{ rows: UsageRow[] }> {
  return await context.tenant.read(async (tx) => {
    const period = {
      ...(query.since && { since: new Date(query.since) }),
      ...(query.until && { until: new Date(query.until) }),
    };
    const requests = await sumUsage(tx, period);
    const evaluated = await sumRunUsage(tx, period);
    const totals = [
      ...requests.map(({ source, ...row }) => ({ kind: source, ...row })),
      ...evaluated.map((row) => ({ kind: "evaluation" as const, ...row })),
    ];
    const versionIds = totals.flatMap((row) => row.promptVersionId ?? []);
    const names = await findVersionNames(tx, versionIds);
    const rows = totals.map((row) => usageRow(row, names.get(row.promptVersionId ?? "")));
    const { prompts } = context.caller;
    return {
      rows:
        prompts === null ? rows : rows.filter((row) => row.prompt !== null && prompts.includes(row.prompt)),
    };
  });
}

function usageRow(
  totals: UsageTotals & Pick<UsageRow, "kind">,
  name: { prompt: string; version: number } | undefined,
): UsageRow {
  const { promptVersionId: _, costMicros, ...rest } = totals;
  return {
    ...rest,
    prompt: name?.prompt ?? null,
    promptVersion: name?.version ?? null,
    costMicros: totals.unpricedRequests > 0 ? null : costMicros,
  };
}
