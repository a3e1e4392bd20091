import { setImmediate as nextTurn } from "node:timers/promises";
import { invariant } from "@assay/core";
import { orderForEarlyStop, type PlannedCase, type RunOrder } from "@assay/evaluator";
import { listCaseRows, type RunRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";

const CASES_PER_PAGE = 250;

/** What a run that may stop early is to do, with the places of the cases. */
export interface LoadedOrder extends RunOrder {
  cases: readonly (PlannedCase & { position: number })[];
}

/**
 * All cases of a run's dataset in the order in which a run that may stop early carries them out: the same for every
 * run of the same things, and foreseen by nobody. Who could foresee it, or draw it again by starting anew, would start
 * until the easy cases come first.
 */
export async function loadRunOrder(
  { secrets }: Pick<Platform, "secrets">,
  tx: TenantTx,
  { run, repeats }: { run: RunRow; repeats: number },
): Promise<LoadedOrder> {
  const cases: (PlannedCase & { position: number })[] = [];
  let after: number | undefined;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const rows = await listCaseRows(tx, run.datasetVersionId, page);
    for (const { position, body } of rows) {
      cases.push({ position, caseKey: body.key, group: body.group ?? null, tags: body.tags });
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.position;
    await nextTurn();
  }
  // What a run that stops early leaves out must be there to be left out.
  invariant(
    cases.length * repeats === run.total,
    `a run of ${run.total} results is of ${cases.length} cases`,
  );
  const seed = secrets.sign(JSON.stringify([run.tenantId, run.evidenceSha256]), "order of early stops");
  return { cases: orderForEarlyStop(cases, seed.toString("hex")), repeats };
}
