import type { TraceSettings } from "@assay/core";
import { findTraceSettings, putTraceSettings, type TraceSettingsRow } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

export async function getTraceSettings(
  context: Context,
  { prompt }: VerbInput<"getTraceSettings">,
): Promise<TraceSettings> {
  return await context.tenant.read(async (tx) => {
    const { id } = await findPrompt(context, tx, prompt);
    return viewSettings(prompt, await findTraceSettings(tx, id));
  });
}

/** Holds for requests from now on. */
export async function setTraceSettings(
  context: Context,
  { prompt, sampleRate, retentionDays }: VerbInput<"setTraceSettings">,
): Promise<TraceSettings> {
  return await context.tenant.write(async (tx) => {
    const { id } = await findPrompt(context, tx, prompt);
    const settings = { promptId: id, sampleRate, retentionDays, updatedAt: context.platform.now() };
    await putTraceSettings(tx, settings);
    await tx.audit({
      actor: actorOf(context),
      action: "trace_settings.set",
      object: prompt,
      details: { sampleRate, retentionDays },
    });
    return viewSettings(prompt, settings);
  });
}

function viewSettings(prompt: string, row: Omit<TraceSettingsRow, "tenantId"> | undefined): TraceSettings {
  return {
    prompt,
    sampleRate: row?.sampleRate ?? 0,
    retentionDays: row?.retentionDays ?? 0,
    updatedAt: row?.updatedAt.toISOString() ?? null,
  };
}
