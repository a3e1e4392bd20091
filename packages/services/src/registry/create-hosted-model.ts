import { AppError, type Model, notFound } from "@assay/core";
import { findConnectionBySlug, insertModel } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { ownModelOf } from "./model-of.ts";
import { requireFreeModelSlug } from "./require-free-model-slug.ts";
import { requirePriceScope } from "./require-price-scope.ts";

/**
 * Names a provider's model, reached through one of the tenant's connections.
 * @throws AppError `not_found` for the connection, `invalid_input` when it is a web hook, `scope_missing` for a price,
 * `conflict`
 */
export async function createHostedModel(
  context: Context,
  input: VerbInput<"createHostedModel">,
): Promise<Model> {
  const { price = null } = input;
  requirePriceScope(context, price);
  return await context.tenant.write(async (tx) => {
    await requireFreeModelSlug(tx, input.slug);
    const connection = await findConnectionBySlug(tx, input.connection);
    if (connection === undefined) throw notFound("connection");
    if (connection.kind === "webhook") {
      throw new AppError("invalid_input", "A web hook answers for no model; name another connection.", {
        param: "connection",
      });
    }
    const row = await insertModel(tx, {
      slug: input.slug,
      kind: "hosted",
      connectionId: connection.id,
      providerModel: input.providerModel,
      price,
    });
    await tx.audit({
      actor: actorOf(context),
      action: "model.create",
      object: input.slug,
      details: { connection: connection.slug, providerModel: input.providerModel, price },
    });
    return ownModelOf(row, new Map([[connection.id, connection.slug]]));
  });
}
