import { notFound } from "@assay/core";
import { deleteGateRow, findPromptBySlug } from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

export async function removeGate(context: Context, input: VerbInput<"removeGate">): Promise<undefined> {
  requirePromptAccess(context, input.prompt);
  requireLabelAccess(context, input.label);
  return await context.tenant.write(async (tx) => {
    const prompt = await findPromptBySlug(tx, input.prompt, true);
    if (prompt === undefined) throw notFound("prompt");
    if (!(await deleteGateRow(tx, { promptId: prompt.id, label: input.label }))) throw notFound("gate");
    await tx.audit({
      actor: actorOf(context),
      action: "gate.remove",
      object: `${input.prompt}@${input.label}`,
    });
    return undefined;
  });
}
