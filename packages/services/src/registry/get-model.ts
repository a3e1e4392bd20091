import { type Model, notFound } from "@assay/core";
import { connectionSlugs, findModelBySlug, findUsableSharedModel } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { ownModelOf, sharedModelOf } from "./model-of.ts";

/** One model: the tenant's own of that name, else the shared one. */
export async function getModel(context: Context, { model }: VerbInput<"getModel">): Promise<Model> {
  return await context.tenant.read(async (tx) => {
    const own = await findModelBySlug(tx, model);
    if (own !== undefined) {
      const ids = own.connectionId === null ? [] : [own.connectionId];
      return ownModelOf(own, await connectionSlugs(tx, ids));
    }
    const shared = await findUsableSharedModel(tx, model);
    if (shared === undefined) throw notFound("model");
    return sharedModelOf(shared);
  });
}
