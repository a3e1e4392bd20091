import { dayStarts, type UsageDay } from "@assay/core";
import { findPrompts, sumUsageDays } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/** Served requests by day (UTC) and prompt, key or model. A group with an unpriced request has no cost that day. */
export async function getUsageDays(
  context: Context,
  { by, days }: VerbInput<"getUsageDays">,
): Promise<{ days: string[]; rows: UsageDay[] }> {
  const starts = dayStarts(context.platform.now(), days);
  const names = starts.map((start) => start.toISOString().slice(0, 10));
  return await context.tenant.read(async (tx) => {
    const promptIds = await visiblePromptIds(context, tx);
    const totals = await sumUsageDays(tx, { by, dayStarts: starts, promptIds });
    const ids = by === "prompt" ? totals.flatMap(({ group }) => group ?? []) : [];
    const prompts = await findPrompts(tx, { ids: [...new Set(ids)] });
    const rows = totals.map(({ day, group, costMicros, promptTokens, completionTokens, ...rest }) => ({
      ...rest,
      tokens: promptTokens + completionTokens,
      day: names[day] ?? "",
      group: by === "prompt" && group !== null ? (prompts.get(group)?.slug ?? null) : group,
      costMicros: rest.unpricedRequests > 0 ? null : costMicros,
    }));
    return { days: names, rows };
  });
}
