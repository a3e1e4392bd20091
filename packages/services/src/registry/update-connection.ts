import { type Connection, invariant, notFound } from "@assay/core";
import { findConnectionBySlug, type StoredConnection, updateConnectionRow } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { checkBaseUrl } from "./check-base-url.ts";
import { connectionOf } from "./connection-of.ts";

type Changes = Partial<Pick<StoredConnection, "baseUrl" | "apiVersion" | "sealedSecret">>;

/**
 * Changes a connection. Another scheme, host or port clears the secret unless the same request brings a new one:
 * else whoever may edit an address could have the secret sent to a host of their own.
 * @throws AppError `not_found`, `host_not_allowed`
 */
export async function updateConnection(
  context: Context,
  input: VerbInput<"updateConnection">,
): Promise<Connection> {
  if (input.baseUrl !== undefined) checkBaseUrl(context.platform, input.baseUrl);

  return await context.tenant.write(async (tx) => {
    const row = await findConnectionBySlug(tx, input.connection, true);
    if (row === undefined) throw notFound("connection");
    const changes = changesOf(context, row, input);
    if (Object.keys(changes).length === 0) return connectionOf(row);
    const changed = await updateConnectionRow(tx, row.id, changes);
    invariant(changed !== undefined, "a locked row is there to be changed");
    await tx.audit({
      actor: actorOf(context),
      action: "connection.update",
      object: row.slug,
      details: auditDetails(changes),
    });
    return connectionOf(changed);
  });
}

function changesOf(
  { platform, tenant }: Context,
  row: StoredConnection,
  input: VerbInput<"updateConnection">,
): Changes {
  const changes: Changes = {};
  if (input.baseUrl !== undefined) changes.baseUrl = input.baseUrl;
  if (input.apiVersion !== undefined) changes.apiVersion = input.apiVersion;
  if (input.secret !== undefined)
    changes.sealedSecret = platform.secrets.seal(input.secret, [tenant.tenantId, row.id]);
  else if (input.baseUrl !== undefined && new URL(input.baseUrl).origin !== new URL(row.baseUrl).origin)
    changes.sealedSecret = null;
  return changes;
}

function auditDetails({ sealedSecret, ...rest }: Changes): Record<string, unknown> {
  if (sealedSecret === undefined) return { ...rest, secret: "kept" };
  return { ...rest, secret: sealedSecret === null ? "cleared" : "replaced" };
}
