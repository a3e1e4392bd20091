import { type Adapter, type AdapterVersion, invariant } from "@assay/core";
import type { AdapterRow, AdapterVersionRow } from "@assay/store";

interface AdapterFacts {
  baseModel: string | undefined;
  latestVersion: number | undefined;
}

/** An adapter as it is read. */
export function adapterOf(row: AdapterRow, { baseModel, latestVersion }: AdapterFacts): Adapter {
  invariant(baseModel !== undefined, "an adapter's base model exists");
  return {
    id: row.id,
    slug: row.slug,
    baseModel,
    latestVersion: latestVersion ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Which of the two kinds of model an adapter or a version stands on. */
export function baseModelIdOf(row: { modelId: string | null; sharedModelId: string | null }): string {
  const id = row.modelId ?? row.sharedModelId;
  invariant(id !== null, "a row that pins a model pins one of the two");
  return id;
}

/** A version of an adapter as it is read. */
export function adapterVersionOf(row: AdapterVersionRow, adapter: string): AdapterVersion {
  return {
    id: row.id,
    adapter,
    version: row.version,
    sha256: row.sha256,
    bytes: row.bytes,
    rank: row.rank,
    alpha: row.alpha,
    baseSha256: row.baseSha256,
    note: row.note,
    createdAt: row.createdAt.toISOString(),
  };
}
