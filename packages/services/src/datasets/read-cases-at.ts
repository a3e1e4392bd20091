import { setImmediate as nextTurn } from "node:timers/promises";
import { type CaseRow, groupCasePlaces, listCasesAt, type TenantStore } from "@assay/store";

/** The cases at these places, so many together as may be read in one turn; others are served in between. */
export async function* readCasesAt(
  tenant: TenantStore,
  datasetVersionId: string,
  places: readonly number[],
): AsyncGenerator<CaseRow[]> {
  for (const group of await tenant.read((tx) => groupCasePlaces(tx, datasetVersionId, places))) {
    yield await tenant.read((tx) => listCasesAt(tx, datasetVersionId, group));
    await nextTurn();
  }
}
