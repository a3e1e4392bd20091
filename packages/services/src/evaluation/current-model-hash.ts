import { invariant } from "@assay/core";
import type { ServableModel } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";

/**
 * What a model is at this moment: the SHA-256 of its file, or of how a hosted one is reached, which changes with its
 * connection.
 */
export function currentModelHash(platform: Platform, model: ServableModel): string {
  if (model.kind === "local") {
    invariant(model.sha256 !== null, "a local model has a file");
    return model.sha256;
  }
  const { providerModel } = model;
  const connection = model.connection ?? platform.sharedConnection;
  return contentHash({
    kind: connection?.kind ?? null,
    baseUrl: connection?.baseUrl ?? null,
    providerModel,
    apiVersion: connection?.apiVersion ?? null,
  });
}
