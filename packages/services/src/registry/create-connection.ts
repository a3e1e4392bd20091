import { type Connection, LIMITS } from "@assay/core";
import { countConnections, insertConnection, newId } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { checkBaseUrl } from "./check-base-url.ts";
import { connectionOf } from "./connection-of.ts";
import { requireRoom } from "./require-room.ts";

/**
 * Adds a connection, its secret sealed to this tenant and this connection.
 * @throws AppError `host_not_allowed`, `conflict`
 */
export async function createConnection(
  context: Context,
  input: VerbInput<"createConnection">,
): Promise<Connection> {
  const { platform, tenant } = context;
  checkBaseUrl(platform, input.baseUrl);
  const id = newId("connection");
  const sealedSecret =
    input.secret === undefined ? null : platform.secrets.seal(input.secret, [tenant.tenantId, id]);

  const row = await tenant.write(async (tx) => {
    requireRoom("connections", { count: await countConnections(tx), max: LIMITS.connectionsPerTenantMax });
    const inserted = await insertConnection(tx, {
      id,
      slug: input.slug,
      kind: input.kind,
      baseUrl: input.baseUrl,
      apiVersion: input.apiVersion ?? null,
      sealedSecret,
      createdAt: platform.now(),
    });
    await tx.audit({
      actor: actorOf(context),
      action: "connection.create",
      object: input.slug,
      details: { kind: input.kind, baseUrl: input.baseUrl, hasSecret: sealedSecret !== null },
    });
    return inserted;
  });
  return connectionOf(row);
}
