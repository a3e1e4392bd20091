import { notFound } from "@assay/core";
import { deleteGateRow } from "@assay/store";
import { requireLabelAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

export async function removeGate(context: Context, input: VerbInput<"removeGate">): Promise<undefined> {
  requireLabelAccess(context, input.label);
  return await context.tenant.write(async (tx) => {
    const prompt = await findPrompt(context, tx, { slug: input.prompt, lock: true });
    if (!(await deleteGateRow(tx, { promptId: prompt.id, label: input.label }))) throw notFound("gate");
    await tx.audit({
      actor: actorOf(context),
      action: "gate.remove",
      object: `${input.prompt}@${input.label}`,
    });
    return undefined;
  });
}
