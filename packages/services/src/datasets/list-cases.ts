import { type Case, notFound, type Page } from "@assay/core";
import { cutCaseRows, findDatasetBySlug, findDatasetVersion } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

/** Cases of a dataset version, in their order. */
export async function listCases(
  context: Context,
  { dataset, version, ...query }: VerbInput<"listCases">,
): Promise<Page<Case>> {
  const page = numericKeysetOf(query);
  const { rows, isCut } = await context.tenant.read(async (tx) => {
    const row = await findDatasetBySlug(tx, dataset);
    if (row === undefined) throw notFound("dataset");
    const versionRow = await findDatasetVersion(tx, row.id, version);
    if (versionRow === undefined) throw notFound("version");
    return await cutCaseRows(tx, versionRow.id, page);
  });
  return pageOfRows({ query, rows, isCut, toItem: (row) => row.body, cursorOf: (row) => row.position });
}
