import type { Model, Page } from "@assay/core";
import { listSharedModelRows } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { sharedModelOf } from "./model-of.ts";

/** Shared models by slug, for the operator. */
export async function listSharedModels(
  context: OperatorContext,
  query: VerbInput<"listSharedModels">,
): Promise<Page<Model>> {
  const page = keysetOf(query);
  const rows = await context.platform.store.readPlatform((tx) => listSharedModelRows(tx, page));
  return pageOfRows({ query, rows, toItem: sharedModelOf, cursorOf: (row) => row.slug });
}
