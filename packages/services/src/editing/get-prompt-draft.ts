import type { KeptDraft } from "@assay/core";
import { findDraft } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { keptDraftOf } from "./kept-draft-of.ts";

/** The caller's own draft; there is no way to another's. */
export async function getPromptDraft(
  context: Context,
  { prompt }: VerbInput<"getPromptDraft">,
): Promise<{ draft: KeptDraft | null }> {
  return await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const row = await findDraft(tx, { promptId, actor: actorOf(context) });
    return { draft: row === undefined ? null : keptDraftOf(row) };
  });
}
