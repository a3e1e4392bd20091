import { type Adapter, AppError, LIMITS } from "@assay/core";
import { countAdapters, insertAdapter } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { adapterOf } from "./adapter-of.ts";
import { requireRoom } from "./require-room.ts";
import { resolveModel } from "./resolve-model.ts";

/**
 * Names an adapter for one local model, own or shared. The model's file is fixed with it.
 * @throws AppError `not_found` for the model, `invalid_input` for a hosted one, `conflict`
 */
export async function createAdapter(context: Context, input: VerbInput<"createAdapter">): Promise<Adapter> {
  return await context.tenant.write(async (tx) => {
    requireRoom("adapters", { count: await countAdapters(tx), max: LIMITS.adaptersPerTenantMax });
    const base = await resolveModel(context.platform, tx, input.baseModel);
    if (base.kind === "hosted") {
      const message = `An adapter needs a local model; "${input.baseModel}" is hosted.`;
      throw new AppError("invalid_input", message, { param: "baseModel" });
    }
    const row = await insertAdapter(tx, {
      slug: input.slug,
      modelId: base.ownership === "tenant" ? base.id : null,
      sharedModelId: base.ownership === "shared" ? base.id : null,
      baseSha256: base.hash,
    });
    await tx.audit({
      actor: actorOf(context),
      action: "adapter.create",
      object: input.slug,
      details: { baseModel: input.baseModel, baseSha256: base.hash },
    });
    return adapterOf(row, { baseModel: input.baseModel, latestVersion: undefined });
  });
}
