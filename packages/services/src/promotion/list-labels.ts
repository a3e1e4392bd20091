import { type Label, LIMITS } from "@assay/core";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewLabels } from "./view-labels.ts";

/** Every label that points somewhere now, `production` first, and how far it can be trusted. */
export async function listLabels(
  context: Context,
  input: VerbInput<"listLabels">,
): Promise<{ items: Label[] }> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const { labels: items } = await viewLabels(context.platform, tx, {
      prompt,
      max: LIMITS.labelsPerPromptMax,
    });
    return { items };
  });
}
