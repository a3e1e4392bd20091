import type { Key, Page } from "@assay/core";
import { listKeyRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { keyView } from "./key-view.ts";

export async function listKeys(context: Context, query: VerbInput<"listKeys">): Promise<Page<Key>> {
  const rows = await context.tenant.read((tx) => listKeyRows(tx, keysetOf(query)));
  return pageOfRows({ query, rows, toItem: keyView, cursorOf: (row) => row.id });
}
