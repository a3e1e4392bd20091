import type { Case } from "@assay/core";
import { listCaseRows, listStoredRepeats, type TenantStore } from "@assay/store";

const CASES_PER_PAGE = 100;

/** One repeat of one case that has no result yet. */
export interface PendingCase {
  position: number;
  repeat: number;
  testCase: Case;
}

/** What a run still has to do, in the order of its cases; a page of them in memory at a time. */
export async function* pendingCases(
  tenant: TenantStore,
  run: { runId: string; datasetVersionId: string; repeats: number },
): AsyncGenerator<PendingCase> {
  let after: number | undefined;
  for (;;) {
    const page = await readPage(tenant, run, after);
    const last = page.cases.at(-1);
    if (last === undefined) return;
    after = last.position;
    for (const { position, body } of page.cases) {
      for (let repeat = 0; repeat < run.repeats; repeat++) {
        if (!page.stored.has(`${position}:${repeat}`)) yield { position, repeat, testCase: body };
      }
    }
  }
}

async function readPage(
  tenant: TenantStore,
  run: { runId: string; datasetVersionId: string },
  after: number | undefined,
) {
  return await tenant.read(async (tx) => {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const cases = await listCaseRows(tx, run.datasetVersionId, page);
    const [first, last] = [cases[0], cases.at(-1)];
    if (first === undefined || last === undefined) return { cases, stored: new Set<string>() };
    const range = { runId: run.runId, fromPosition: first.position, toPosition: last.position + 1 };
    const rows = await listStoredRepeats(tx, range);
    return { cases, stored: new Set(rows.map(({ position, repeat }) => `${position}:${repeat}`)) };
  });
}
