import { LIMITS, type PromptTraffic, type TrafficRow } from "@assay/core";
import {
  countPromptRequests,
  findVersionNames,
  sumPromptTraffic,
  type TenantTx,
  type TrafficTotals,
} from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { nameActors } from "./name-actors.ts";

const DAY_MS = 86_400_000;

/** Who uses a prompt: the requests served in so many days, today included. Evaluations are no traffic. */
export async function getPromptTraffic(
  context: Context,
  { prompt, days }: VerbInput<"getPromptTraffic">,
): Promise<PromptTraffic> {
  const bounds = dayBounds(context.platform.now(), days);
  const since = bounds[0] ?? context.platform.now();
  return await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const totals = await sumPromptTraffic(tx, { promptId, since, limit: LIMITS.trafficRowsMax + 1 });
    const perDay = await countPromptRequests(tx, { promptId, bounds });
    return {
      since: since.toISOString(),
      perDay: perDay.map((requests, index) => ({ date: dateOf(bounds[index] ?? since), requests })),
      rows: await viewRows(tx, totals.slice(0, LIMITS.trafficRowsMax)),
      hasMore: totals.length > LIMITS.trafficRowsMax,
    };
  });
}

/** The beginnings of so many days in UTC, the last of them today, and the end of today. */
function dayBounds(now: Date, days: number): Date[] {
  const today = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: days + 1 }, (_, index) => new Date((today - days + 1 + index) * DAY_MS));
}

function dateOf(day: Date): string {
  return day.toISOString().slice(0, "2026-11-22".length);
}

async function viewRows(tx: TenantTx, totals: TrafficTotals[]): Promise<TrafficRow[]> {
  const versions = await findVersionNames(
    tx,
    totals.flatMap(({ promptVersionId }) => promptVersionId ?? []),
  );
  const actors = totals.map(({ keyId }) => (keyId === null ? null : `key:${keyId}`));
  const named = await nameActors(tx, actors);
  return totals.map((row, index) => ({
    caller: named(actors[index] ?? null),
    version: versions.get(row.promptVersionId ?? "")?.version ?? null,
    label: row.label,
    requests: row.requests,
    failedRequests: row.failedRequests,
    tokens: row.tokens,
    costMicros: row.unpricedRequests > 0 ? null : row.costMicros,
    lastUsedAt: row.lastUsedAt.toISOString(),
  }));
}
