import { notFound } from "@assay/core";
import { deleteConnectionRow, findConnectionBySlug } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

/**
 * Removes a connection with its secret.
 * @throws AppError `not_found`, `conflict` while a model uses it
 */
export async function removeConnection(
  context: Context,
  { connection }: VerbInput<"removeConnection">,
): Promise<undefined> {
  await context.tenant.write(async (tx) => {
    const row = await findConnectionBySlug(tx, connection, true);
    if (row === undefined) throw notFound("connection");
    await deleteConnectionRow(tx, row.id);
    await tx.audit({ actor: actorOf(context), action: "connection.remove", object: connection });
  });
}
