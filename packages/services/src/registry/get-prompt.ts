import type { Prompt } from "@assay/core";
import { newestPromptVersionNumbers } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPrompt } from "./find-prompt.ts";
import { promptOf } from "./prompt-of.ts";

export async function getPrompt(context: Context, { prompt }: VerbInput<"getPrompt">): Promise<Prompt> {
  return await context.tenant.read(async (tx) => {
    const row = await findPrompt(context, tx, prompt);
    const newest = await newestPromptVersionNumbers(tx, [row.id]);
    return promptOf(row, newest.get(row.id));
  });
}
