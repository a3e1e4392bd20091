import { AppError, type EmbedOutcome, LIMITS } from "@assay/core";
import { findServableModelBySlug, type ServableModel } from "@assay/store";
import type { Platform } from "../context.ts";
import { costMicros } from "../serving/cost-micros.ts";
import { engineTarget } from "../serving/engine-target.ts";
import { estimateTextsMicros } from "./estimate-micros.ts";
import type { JudgeCosts } from "./judge-costs.ts";
import type { PinnedAsked } from "./pinned-asked.ts";
import { requirePrice } from "./require-price.ts";
import type { BudgetShare } from "./run-budget.ts";
import type { RunMeans } from "./run-means.ts";

export type EmbeddedTexts =
  | { status: "embedded"; vectors: number[][] }
  | { status: "failed"; reason: string };

interface Asked {
  tenantId: string;
  /** Embeds where no model is named. */
  ownModel: ServableModel;
  asked: PinnedAsked;
  signal: AbortSignal;
  means: RunMeans;
  share: BudgetShare;
  judgeCosts: JudgeCosts;
}

/**
 * Turns texts into vectors of length 1 by a model that the tenant may use, as batch work within the run's budget.
 * Whatever goes wrong is a reason.
 * @throws AppError when the run's budget does not allow it, or `conflict` when the model is another than when the run
 * was taken up.
 */
export async function embedTexts(
  platform: Platform,
  run: Asked,
  { texts, model: slug }: { texts: string[]; model: string | undefined },
): Promise<EmbeddedTexts> {
  const { tenantId, ownModel, means, share } = run;
  if (texts.length > LIMITS.embeddedTextsMax) {
    return { status: "failed", reason: `at most ${LIMITS.embeddedTextsMax} texts are embedded at a time` };
  }
  const tenant = platform.store.forTenant(tenantId);
  const model = slug === undefined ? ownModel : await tenant.read((tx) => findServableModelBySlug(tx, slug));
  if (model === undefined) return { status: "failed", reason: `there is no model "${slug}"` };
  if (slug !== undefined) run.asked.requireSameModel(slug, model);
  const reservedMicros = means.budget.isCapped
    ? estimateTextsMicros(requirePrice(model, "embedding model"), texts)
    : 0;
  if (means.budget.isCapped) await means.budget.reserve(share, reservedMicros);
  const outcome = await ask(platform, run, { model, texts });
  if (outcome.status === "refused") return { status: "failed", reason: outcome.reason };
  if (outcome.status === "failed") {
    return {
      status: "failed",
      reason: `the model "${model.slug}" gave no vectors: ${outcome.failure.message}`,
    };
  }
  const cost = costMicros(model.price, outcome.usage);
  run.judgeCosts.add(cost);
  // Vectors without usage may have cost all that was reserved for them: unknown is not zero.
  share.spentMicros += cost ?? reservedMicros;
  return { status: "embedded", vectors: outcome.vectors };
}

async function ask(
  platform: Platform,
  { tenantId, signal }: Asked,
  { model, texts }: { model: ServableModel; texts: string[] },
): Promise<EmbedOutcome | { status: "refused"; reason: string }> {
  try {
    const target = engineTarget(platform, { tenantId, model, adapterSha256: null });
    return await platform.engine.embed({ target, texts }, { tenantId, priority: "batch", signal });
  } catch (error) {
    if (error instanceof AppError) return { status: "refused", reason: error.message };
    throw error;
  }
}
