import { AppError, type EngineTarget, type HostedTarget, invariant } from "@assay/core";
import type { ServableModel } from "@assay/store";
import type { Context } from "../context.ts";
import { openConnectionTarget } from "../registry/open-connection-target.ts";
import { modelFileOwner } from "../registry/resolve-model.ts";

interface TargetParts {
  model: ServableModel;
  /** SHA-256 of the adapter's file; it lies in the tenant's own root. */
  adapterSha256: string | null;
}

type Owner = Pick<Context, "platform" | "tenant">;

/**
 * What an engine needs to answer for a tenant: files by hash, or a connection with its secret opened.
 * @throws AppError `connection_unusable`, `host_not_allowed`
 */
export function engineTarget(owner: Owner, { model, adapterSha256 }: TargetParts): EngineTarget {
  if (model.kind === "hosted") return hostedTarget(owner, model);
  invariant(model.sha256 !== null, "a local model has a file");
  const { files } = owner.platform;
  const { tenantId } = owner.tenant;
  return {
    kind: "local",
    modelSha256: model.sha256,
    modelPath: files.pathOf(modelFileOwner(model, tenantId), model.sha256),
    adapter:
      adapterSha256 === null
        ? undefined
        : { sha256: adapterSha256, path: files.pathOf({ kind: "tenant", tenantId }, adapterSha256) },
  };
}

function hostedTarget(owner: Owner, model: ServableModel): HostedTarget {
  const { connection, providerModel } = model;
  invariant(providerModel !== null, "a hosted model names its provider's model");
  if (connection !== null) {
    if (connection.sealedSecret === null && connection.kind !== "openai-compatible") {
      throw new AppError("connection_unusable", "The connection of this model has no secret; set it again.");
    }
    return { ...openConnectionTarget(owner, connection), providerModel };
  }
  const shared = owner.platform.sharedConnection;
  if (shared === null) {
    throw new AppError("connection_unusable", `The operator has no connection for the model "${model.slug}".`);
  }
  const { kind, baseUrl, apiVersion, secret } = shared;
  return { kind: "hosted", connectionKind: kind, connectionId: "shared", baseUrl, apiVersion, secret, providerModel };
}
