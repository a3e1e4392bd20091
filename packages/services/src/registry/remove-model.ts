import { notFound } from "@assay/core";
import { deleteModelRow, findModelBySlug, isTenantFileNamed } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/**
 * Removes a model of the tenant, and its file once no row names it.
 * @throws AppError `not_found`, `conflict` while a version or an adapter pins it
 */
export async function removeModel(context: Context, { model }: VerbInput<"removeModel">): Promise<undefined> {
  const { platform, tenant } = context;
  const owner = { kind: "tenant", tenantId: tenant.tenantId } as const;

  await platform.files.inTurn(owner, async () => {
    const unnamed = await tenant.write(async (tx) => {
      const row = await findModelBySlug(tx, model, true);
      if (row === undefined) throw notFound("model");
      await deleteModelRow(tx, row.id);
      await tx.audit({
        actor: actorOf(context),
        action: "model.remove",
        object: model,
        details: { sha256: row.sha256 },
      });
      if (row.sha256 === null || (await isTenantFileNamed(tx, row.sha256))) return undefined;
      return row.sha256;
    });
    // After the commit: a file without a row is harmless, a row without its file is not.
    if (unnamed !== undefined) await platform.files.remove(owner, unnamed);
  });
}
