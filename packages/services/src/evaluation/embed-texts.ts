import { AppError, LIMITS } from "@assay/core";
import { findServableModelBySlug, type ServableModel } from "@assay/store";
import type { Platform } from "../context.ts";
import { engineTarget } from "../serving/engine-target.ts";

export type EmbeddedTexts =
  | { status: "embedded"; vectors: number[][] }
  | { status: "failed"; reason: string };

interface Asked {
  tenantId: string;
  /** Embeds where no model is named. */
  ownModel: ServableModel;
  signal: AbortSignal;
}

/**
 * Turns texts into vectors of length 1 by a model that the tenant may use, as batch work. Whatever goes wrong is a
 * reason, never a throw.
 */
export async function embedTexts(
  platform: Platform,
  { tenantId, ownModel, signal }: Asked,
  { texts, model: slug }: { texts: string[]; model: string | undefined },
): Promise<EmbeddedTexts> {
  if (texts.length > LIMITS.embeddedTextsMax) {
    return { status: "failed", reason: `at most ${LIMITS.embeddedTextsMax} texts are embedded at a time` };
  }
  const tenant = platform.store.forTenant(tenantId);
  const model = slug === undefined ? ownModel : await tenant.read((tx) => findServableModelBySlug(tx, slug));
  if (model === undefined) return { status: "failed", reason: `there is no model "${slug}"` };
  try {
    const target = engineTarget(platform, { tenantId, model, adapterSha256: null });
    const call = { tenantId, priority: "batch" as const, signal };
    const outcome = await platform.engine.embed({ target, texts }, call);
    return outcome.status === "completed"
      ? { status: "embedded", vectors: outcome.vectors }
      : { status: "failed", reason: `the model "${model.slug}" gave no vectors: ${outcome.failure.message}` };
  } catch (error) {
    if (error instanceof AppError) return { status: "failed", reason: error.message };
    throw error;
  }
}
