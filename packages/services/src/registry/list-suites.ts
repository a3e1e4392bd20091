import type { Page, Suite } from "@assay/core";
import { listNewestSuiteVersions } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { suiteOf } from "./suite-of.ts";

/** Suites of the tenant by slug, each in its newest version; a confined key sees only those of its prompts. */
export async function listSuites(context: Context, query: VerbInput<"listSuites">): Promise<Page<Suite>> {
  const page = keysetOf(query);
  const { rows, isCut } = await context.tenant.read((tx) => listNewestSuiteVersions(tx, page));
  const { items, nextCursor } = pageOfRows({
    query,
    rows,
    isCut,
    toItem: ({ suite, newest }) => suiteOf(suite.slug, newest),
    cursorOf: ({ suite }) => suite.slug,
  });
  // After the page is cut: what a key may not see makes its page shorter and not its list.
  const { prompts } = context.caller;
  return { items: items.filter(({ spec }) => prompts === null || prompts.includes(spec.prompt)), nextCursor };
}
