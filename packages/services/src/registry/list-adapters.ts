import type { Adapter, Page } from "@assay/core";
import { listAdapterRows, modelSlugs, newestAdapterVersionNumbers } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { adapterOf, baseModelIdOf } from "./adapter-of.ts";

/** Adapters of the tenant by slug. */
export async function listAdapters(
  context: Context,
  query: VerbInput<"listAdapters">,
): Promise<Page<Adapter>> {
  const page = keysetOf(query);
  return await context.tenant.read(async (tx) => {
    const rows = await listAdapterRows(tx, page);
    const slugs = await modelSlugs(tx, rows.map(baseModelIdOf));
    const newest = await newestAdapterVersionNumbers(
      tx,
      rows.map((row) => row.id),
    );
    return pageOfRows({
      query,
      rows,
      toItem: (row) =>
        adapterOf(row, { baseModel: slugs.get(baseModelIdOf(row)), latestVersion: newest.get(row.id) }),
      cursorOf: (row) => row.slug,
    });
  });
}
