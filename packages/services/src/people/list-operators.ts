import type { Page, Person } from "@assay/core";
import { listOperatorRows } from "@assay/store";
import type { OperatorContext } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

export async function listOperators(
  { platform }: OperatorContext,
  query: VerbInput<"listOperators">,
): Promise<Page<Person>> {
  const rows = await platform.store.readPlatform((tx) => listOperatorRows(tx, keysetOf(query)));
  const toItem = ({ id, email, name }: (typeof rows)[number]): Person => ({ id, email, name });
  return pageOfRows({ query, rows, toItem, cursorOf: (row) => row.id });
}
