import { setImmediate as nextTurn } from "node:timers/promises";
import { orderForEarlyStop, type PlannedCase, type RunOrder } from "@assay/evaluator";
import { listCaseRows, type RunRow, type TenantTx } from "@assay/store";

const CASES_PER_PAGE = 250;

/** What a run that may stop early is to do, with the places of the cases. */
export interface LoadedOrder extends RunOrder {
  cases: readonly (PlannedCase & { position: number })[];
}

/** All cases of a run's dataset in the order in which a run that may stop early carries them out; the run's id seeds it. */
export async function loadRunOrder(tx: TenantTx, run: RunRow, repeats: number): Promise<LoadedOrder> {
  const cases: (PlannedCase & { position: number })[] = [];
  let after: number | undefined;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const rows = await listCaseRows(tx, run.datasetVersionId, page);
    for (const { position, body } of rows) {
      cases.push({ position, caseKey: body.key, group: body.group ?? null, tags: body.tags });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < CASES_PER_PAGE) break;
    after = last.position;
    await nextTurn();
  }
  return { cases: orderForEarlyStop(cases, run.id), repeats };
}
