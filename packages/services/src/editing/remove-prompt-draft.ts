import { deleteDraft } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

/** Discards the caller's own draft; where there is none, nothing happens. */
export async function removePromptDraft(
  context: Context,
  { prompt }: VerbInput<"removePromptDraft">,
): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const actor = actorOf(context);
    if (await deleteDraft(tx, { promptId, actor })) {
      await tx.audit({ actor, action: "prompt_draft.discard", object: prompt });
    }
  });
}
