import type { Connection } from "@assay/core";
import type { StoredConnection } from "@assay/store";

/** A stored connection as it may be read: whether a secret is set, and nothing of it. */
export function connectionOf(row: StoredConnection): Connection {
  return {
    id: row.id,
    slug: row.slug,
    kind: row.kind,
    baseUrl: row.baseUrl,
    apiVersion: row.apiVersion,
    hasSecret: row.sealedSecret !== null,
    createdAt: row.createdAt.toISOString(),
  };
}
