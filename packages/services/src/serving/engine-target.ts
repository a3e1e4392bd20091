import { AppError, type EngineTarget, type HostedTarget, invariant } from "@assay/core";
import type { ServableModel } from "@assay/store";
import type { Platform } from "../context.ts";

interface TargetParts {
  tenantId: string;
  model: ServableModel;
  /** SHA-256 of the adapter's file; it lies in the tenant's own root. */
  adapterSha256: string | null;
}

/**
 * What an engine needs to answer for a tenant: files by hash, or a connection with its secret opened. The hosted
 * engine checks the host again before it sends anything there.
 * @throws AppError `connection_unusable` when a hosted model's connection has no usable secret.
 */
export function engineTarget(
  platform: Platform,
  { tenantId, model, adapterSha256 }: TargetParts,
): EngineTarget {
  if (model.kind === "hosted") return hostedTarget(platform, tenantId, model);
  invariant(model.sha256 !== null, "a local model has a file");
  const owner =
    model.ownership === "shared" ? ({ kind: "shared" } as const) : ({ kind: "tenant", tenantId } as const);
  const { files } = platform;
  if (!files.has(owner, model.sha256)) throw missingFile(`model "${model.slug}"`, model.sha256);
  if (adapterSha256 !== null && !files.has({ kind: "tenant", tenantId }, adapterSha256)) {
    throw missingFile("adapter", adapterSha256);
  }
  return {
    kind: "local",
    modelSha256: model.sha256,
    modelPath: files.pathOf(owner, model.sha256),
    shared: model.ownership === "shared",
    adapter:
      adapterSha256 === null
        ? undefined
        : { sha256: adapterSha256, path: files.pathOf({ kind: "tenant", tenantId }, adapterSha256) },
  };
}

function hostedTarget(platform: Platform, tenantId: string, model: ServableModel): HostedTarget {
  const { connection, providerModel } = model;
  invariant(providerModel !== null, "a hosted model names its provider's model");
  if (connection === null) {
    const shared = platform.sharedConnection;
    if (shared === null) {
      throw new AppError(
        "connection_unusable",
        `The operator has no connection for the model "${model.slug}".`,
      );
    }
    const { kind, baseUrl, apiVersion, secret } = shared;
    return {
      kind: "hosted",
      connectionKind: kind,
      connectionId: "shared",
      baseUrl,
      apiVersion,
      secret,
      providerModel,
    };
  }
  const { id, kind, baseUrl, apiVersion, sealedSecret } = connection;
  invariant(kind !== "webhook", "no model is reached through a web hook");
  if (sealedSecret === null && kind !== "openai-compatible") {
    throw new AppError("connection_unusable", "The connection of this model has no secret; set it again.");
  }
  return {
    kind: "hosted",
    connectionKind: kind,
    connectionId: `${tenantId}/${id}`,
    baseUrl,
    apiVersion: apiVersion ?? undefined,
    secret: sealedSecret === null ? undefined : platform.secrets.open(sealedSecret, [tenantId, id]),
    providerModel,
  };
}

/** The row is there and its file is not: only somebody at the server's disk can have done that. */
function missingFile(what: string, sha256: string): AppError {
  return new AppError(
    "engine_unavailable",
    `The file of the ${what} (SHA-256 ${sha256}) is missing on the server. Send the same file again under the same name, or restore a backup.`,
  );
}
