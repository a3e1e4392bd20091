import { dayStarts, LIMITS, type PromptTrend, type Traffic } from "@assay/core";
import { countTraffic, findPrompts, findTrafficStart, type TenantTx, type TrafficCell } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { sumCells } from "./sum-cells.ts";

/**
 * Served requests of the last days by prompt and day. At most the newest 50,000 requests are counted, so that the
 * answer takes no longer for a busy tenant; then the period begins later, and the answer says so.
 */
export async function getTraffic(context: Context, { prompt }: VerbInput<"getTraffic">): Promise<Traffic> {
  return await context.tenant.read(async (tx) => {
    const promptIds =
      prompt === undefined
        ? await visiblePromptIds(context, tx)
        : [(await findPrompt(context, tx, prompt)).id];
    const starts = dayStarts(context.platform.now(), LIMITS.trafficDays);
    const first = starts[0] ?? context.platform.now();
    const start = await findTrafficStart(tx, { promptIds, since: first }, LIMITS.trafficRequestsMax);
    const since = start ?? first;
    const cells = await countTraffic(tx, { promptIds, since }, starts);
    return {
      since: since.toISOString(),
      isPart: start !== null,
      items: await viewCells(tx, cells, starts),
    };
  });
}

async function viewCells(
  tx: TenantTx,
  cells: readonly TrafficCell[],
  starts: readonly Date[],
): Promise<PromptTrend[]> {
  const byPrompt = Map.groupBy(cells, ({ promptId }) => promptId);
  const busiest = [...byPrompt]
    .map(([id, of]) => ({ id, of, total: sumCells(of) }))
    .sort((a, b) => b.total.requests - a.total.requests)
    .slice(0, LIMITS.trafficPromptsMax);
  const prompts = await findPrompts(tx, { ids: busiest.map(({ id }) => id) });
  return busiest.flatMap(({ id, of, total }) => {
    const prompt = prompts.get(id);
    if (prompt === undefined) return [];
    const { requests, failedRequests, costMicros, latencyP95Ms } = total;
    const answered = requests - failedRequests;
    return {
      prompt: prompt.slug,
      requests,
      failedRequests,
      costPerRequestMicros: costMicros === null || answered === 0 ? null : costMicros / answered,
      latencyP95Ms,
      days: [...Map.groupBy(of, ({ day }) => day)]
        .sort(([a], [b]) => a - b)
        .map(([day, ofDay]) => ({ day: starts[day]?.toISOString() ?? "", ...sumCells(ofDay) })),
    };
  });
}
