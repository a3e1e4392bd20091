import { notFound, type RunDraft } from "@assay/core";
import {
  findNewestSuiteVersion,
  findSuiteBySlug,
  findSuiteVersion,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";

/** The version of the suite that a draft names; the newest without a number. @throws AppError `not_found`. */
export async function findSuite(tx: TenantTx, draft: RunDraft): Promise<SuiteVersionRow> {
  const suite = await findSuiteBySlug(tx, draft.suite);
  if (suite === undefined) throw notFound("suite");
  const { suiteVersion: number } = draft;
  const row =
    number === undefined
      ? await findNewestSuiteVersion(tx, suite.id)
      : await findSuiteVersion(tx, suite.id, number);
  if (row === undefined) throw notFound(number === undefined ? "suite" : "suite version");
  return row;
}
