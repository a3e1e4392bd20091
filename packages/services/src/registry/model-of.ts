import type { Model } from "@assay/core";
import type { ModelRow, SharedModelRow } from "@assay/store";

/** A tenant's own model as it is read. */
export function ownModelOf(row: ModelRow, connectionSlugs: ReadonlyMap<string, string>): Model {
  const connection = row.connectionId === null ? null : (connectionSlugs.get(row.connectionId) ?? null);
  return { ...factsOf(row), ownership: "tenant", connection };
}

/** A shared model as it is read. */
export function sharedModelOf(row: SharedModelRow): Model {
  return { ...factsOf(row), ownership: "shared", connection: null };
}

function factsOf(row: ModelRow | SharedModelRow): Omit<Model, "ownership" | "connection"> {
  return {
    id: row.id,
    slug: row.slug,
    kind: row.kind,
    sha256: row.sha256,
    bytes: row.bytes,
    gguf: row.gguf,
    providerModel: row.providerModel,
    price: row.price,
    createdAt: row.createdAt.toISOString(),
  };
}
