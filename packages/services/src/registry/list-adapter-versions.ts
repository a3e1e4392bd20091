import { type AdapterVersion, notFound, type Page } from "@assay/core";
import { findAdapterBySlug, listAdapterVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { adapterVersionOf } from "./adapter-of.ts";

/** Versions of an adapter, newest first. */
export async function listAdapterVersions(
  context: Context,
  { adapter, ...query }: VerbInput<"listAdapterVersions">,
): Promise<Page<AdapterVersion>> {
  const page = numericKeysetOf(query);
  const rows = await context.tenant.read(async (tx) => {
    const row = await findAdapterBySlug(tx, adapter);
    if (row === undefined) throw notFound("adapter");
    return await listAdapterVersionRows(tx, row.id, page);
  });
  return pageOfRows({
    query,
    rows,
    toItem: (row) => adapterVersionOf(row, adapter),
    cursorOf: (row) => row.version,
  });
}
