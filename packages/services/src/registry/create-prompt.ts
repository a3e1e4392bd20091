import { LIMITS, type Prompt } from "@assay/core";
import { countPrompts, insertPrompt } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { promptOf } from "./prompt-of.ts";
import { requireRoom } from "./require-room.ts";

/**
 * Names a prompt; it has no version yet.
 * @throws AppError `scope_missing`, `conflict`
 */
export async function createPrompt(context: Context, input: VerbInput<"createPrompt">): Promise<Prompt> {
  requirePromptAccess(context, input.slug);
  return await context.tenant.write(async (tx) => {
    requireRoom("prompts", { count: await countPrompts(tx), max: LIMITS.promptsPerTenantMax });
    const row = await insertPrompt(tx, { slug: input.slug, description: input.description });
    await tx.audit({ actor: actorOf(context), action: "prompt.create", object: input.slug });
    return promptOf(row, undefined);
  });
}
