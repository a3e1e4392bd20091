import type { Gate } from "@assay/core";
import { listGateRows } from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewGate } from "./gate-view.ts";

export async function listGates(context: Context, input: VerbInput<"listGates">): Promise<{ items: Gate[] }> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const rows = await listGateRows(tx, prompt.id);
    return { items: rows.map((row) => viewGate(prompt.slug, row)) };
  });
}
