import { setImmediate as nextTurn } from "node:timers/promises";
import type { Case } from "@assay/core";
import { listCaseRows, type TenantStore } from "@assay/store";

const CASES_PER_PAGE = 250;

/** All cases of a version in their order, a page at a time, others being served in between. */
export async function* pagesOfVersion(tenant: TenantStore, datasetVersionId: string): AsyncGenerator<Case[]> {
  let after = -1;
  for (;;) {
    const page = { after, limit: CASES_PER_PAGE };
    const rows = await tenant.read((tx) => listCaseRows(tx, datasetVersionId, page));
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
    yield rows.map(({ body }) => body);
    await nextTurn();
  }
}
