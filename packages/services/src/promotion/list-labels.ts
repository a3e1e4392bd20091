import type { Label } from "@assay/core";
import { listLabelRows } from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewLabel } from "./label-view.ts";

/** Every label that points somewhere now, by name, and how far it can be trusted. */
export async function listLabels(
  context: Context,
  input: VerbInput<"listLabels">,
): Promise<{ items: Label[] }> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const items: Label[] = [];
    for (const row of await listLabelRows(tx, prompt.id)) {
      const label = await viewLabel(context.platform, tx, { prompt, row });
      if (label !== null) items.push(label);
    }
    return { items };
  });
}
