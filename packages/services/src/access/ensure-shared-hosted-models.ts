import { Slug } from "@assay/core";
import { findSharedModelBySlug, insertPlatformAudit, insertSharedModel } from "@assay/store";
import type { Platform } from "../context.ts";

/**
 * Makes the operator's hosted models usable by every tenant, by the provider's own names. Their price is unknown
 * until the operator sets one, so their cost stays unknown too.
 */
export async function ensureSharedHostedModels(
  platform: Platform,
  providerModels: readonly string[],
): Promise<void> {
  for (const providerModel of providerModels) {
    const slug = Slug.parse(providerModel.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, "-"));
    await platform.store.writePlatform(async (tx) => {
      if ((await findSharedModelBySlug(tx, slug)) !== undefined) return;
      await insertSharedModel(tx, {
        slug,
        kind: "hosted",
        sha256: null,
        bytes: null,
        gguf: null,
        providerModel,
        price: null,
      });
      await insertPlatformAudit(tx, { actor: "platform", action: "shared_model.add", object: slug });
    });
  }
}
