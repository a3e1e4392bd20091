import { notFound } from "@assay/core";
import { findServableModelBySlug, type ServableModel, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { currentModelHash } from "../evaluation/current-model-hash.ts";

export interface ResolvedModel {
  ownership: "shared" | "tenant";
  id: string;
  kind: "local" | "hosted";
  /** SHA-256 of the file, or of how a hosted model is reached. */
  hash: string;
  row: ServableModel;
}

/**
 * The model a name means to this tenant: its own, else a shared one.
 * @throws AppError `not_found`
 */
export async function resolveModel(platform: Platform, tx: TenantTx, slug: string): Promise<ResolvedModel> {
  const row = await findServableModelBySlug(tx, slug);
  if (row === undefined) throw notFound(`model "${slug}"`);
  const { ownership, id, kind } = row;
  return { ownership, id, kind, hash: currentModelHash(platform, row), row };
}
