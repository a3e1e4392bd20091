import { DAY_MS, dayStarts, LIMITS, type PromptTraffic, type TrafficRow } from "@assay/core";
import { countPromptRequests, findVersionNames, sumPromptTraffic, type TrafficTotals } from "@assay/store";
import type { Context } from "../context.ts";
import { nameActors } from "../people/name-actors.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

/** Who uses a prompt: the requests served in so many days, today included. Evaluations are no traffic. */
export async function getPromptTraffic(
  context: Context,
  { prompt, days }: VerbInput<"getPromptTraffic">,
): Promise<PromptTraffic> {
  const bounds = dayBounds(context.platform.now(), days);
  const since = bounds[0] ?? context.platform.now();
  const { totals, perDay, versions } = await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const totals = await sumPromptTraffic(tx, { promptId, since, limit: LIMITS.trafficRowsMax + 1 });
    const perDay = await countPromptRequests(tx, { promptId, bounds });
    const versions = await findVersionNames(
      tx,
      totals.flatMap(({ promptVersionId }) => promptVersionId ?? []),
    );
    return { totals, perDay, versions };
  });
  const shown = totals.slice(0, LIMITS.trafficRowsMax);
  const named = await nameActors(context, shown.map(callerOf));
  return {
    since: since.toISOString(),
    perDay: perDay.map((requests, index) => ({ date: dateOf(bounds[index] ?? since), requests })),
    rows: shown.map((row) => ({
      ...trafficOf(row),
      caller: named(callerOf(row)),
      version: versions.get(row.promptVersionId ?? "")?.version ?? null,
    })),
    hasMore: totals.length > shown.length,
  };
}

/** The beginnings of so many days, the last of them today, and the end of today. */
function dayBounds(now: Date, days: number): Date[] {
  return dayStarts(new Date(now.getTime() + DAY_MS), days + 1);
}

function dateOf(day: Date): string {
  return day.toISOString().slice(0, "2026-11-22".length);
}

/** Null where a person asked in the browser. */
function callerOf({ keyId }: TrafficTotals): string | null {
  return keyId === null ? null : `key:${keyId}`;
}

function trafficOf(row: TrafficTotals): Omit<TrafficRow, "caller" | "version"> {
  return {
    label: row.label,
    requests: row.requests,
    failedRequests: row.failedRequests,
    tokens: row.promptTokens + row.completionTokens,
    costMicros: row.unpricedRequests > 0 ? null : row.costMicros,
    lastUsedAt: row.lastUsedAt.toISOString(),
  };
}
