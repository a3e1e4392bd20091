import { setImmediate as nextTurn } from "node:timers/promises";
import { type CaseText, listCaseTexts, type TenantStore } from "@assay/store";

/** So few that reading and looking through them holds the process for some milliseconds. */
const CASES_PER_PAGE = 500;

/** All cases of a version in their order, unparsed, a page at a time; others are served in between. */
export async function* scanCases(tenant: TenantStore, datasetVersionId: string): AsyncGenerator<CaseText[]> {
  let after = -1;
  for (;;) {
    const page = { after, limit: CASES_PER_PAGE };
    const texts = await tenant.read((tx) => listCaseTexts(tx, datasetVersionId, page));
    const last = texts.at(-1);
    if (last === undefined) return;
    after = last.position;
    yield texts;
    await nextTurn();
  }
}
