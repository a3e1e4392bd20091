import type { Connection, Page } from "@assay/core";
import { listConnectionRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { connectionOf } from "./connection-of.ts";

/** Connections of the tenant by slug. */
export async function listConnections(
  context: Context,
  query: VerbInput<"listConnections">,
): Promise<Page<Connection>> {
  const page = keysetOf(query);
  const rows = await context.tenant.read((tx) => listConnectionRows(tx, page));
  return pageOfRows({ query, rows, toItem: connectionOf, cursorOf: (row) => row.slug });
}
