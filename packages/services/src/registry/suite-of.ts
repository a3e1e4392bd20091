import type { Suite } from "@assay/core";
import type { SuiteVersionRow } from "@assay/store";

/** A version of a suite as it is read; its id is that of the suite, its time that of the version. */
export function suiteOf(slug: string, newest: SuiteVersionRow): Suite {
  return {
    id: newest.suiteId,
    slug,
    version: newest.version,
    contentHash: newest.contentSha256,
    spec: newest.spec,
    createdAt: newest.createdAt.toISOString(),
  };
}
