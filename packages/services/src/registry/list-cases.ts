import { type Case, notFound, type Page } from "@assay/core";
import { findDatasetBySlug, findDatasetVersion, listCaseRows } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

/** Cases of a dataset version, in their order. */
export async function listCases(
  context: Context,
  { dataset, version, ...query }: VerbInput<"listCases">,
): Promise<Page<Case>> {
  const page = numericKeysetOf(query);
  const rows = await context.tenant.read(async (tx) => {
    const row = await findDatasetBySlug(tx, dataset);
    if (row === undefined) throw notFound("dataset");
    const versionRow = await findDatasetVersion(tx, row.id, version);
    if (versionRow === undefined) throw notFound("version");
    return await listCaseRows(tx, versionRow.id, page);
  });
  return pageOfRows({ query, rows, toItem: (row) => row.body, cursorOf: (row) => row.position });
}
