import type { Key } from "@assay/core";
import type { listKeyRows } from "@assay/store";

type KeyRow = Awaited<ReturnType<typeof listKeyRows>>[number];

/** A key as it may be read back: without its secret's hash. */
export function keyView(row: KeyRow): Key {
  return {
    id: row.id,
    name: row.name,
    publicId: row.publicId,
    scopes: row.scopes,
    prompts: row.prompts,
    labels: row.labels,
    limits: row.limits,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
