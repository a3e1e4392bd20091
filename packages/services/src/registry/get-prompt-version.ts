import { notFound, type PromptVersion } from "@assay/core";
import { findPromptVersion } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPrompt } from "./find-prompt.ts";
import { promptVersionOf } from "./prompt-of.ts";

export async function getPromptVersion(
  context: Context,
  { prompt, version }: VerbInput<"getPromptVersion">,
): Promise<PromptVersion> {
  return await context.tenant.read(async (tx) => {
    const { id } = await findPrompt(context, tx, prompt);
    const row = await findPromptVersion(tx, id, version);
    if (row === undefined) throw notFound("version");
    return promptVersionOf(row, prompt);
  });
}
