import { notFound, type Page, type Suite } from "@assay/core";
import { findNewestSuiteVersion, findSuiteBySlug, listSuiteVersionsUpTo } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { suiteOf } from "./suite-of.ts";

/** Newest first. A confined key sees those that are of its prompts. */
export async function listSuiteVersions(
  context: Context,
  query: VerbInput<"listSuiteVersions">,
): Promise<Page<Suite>> {
  const { after, limit } = numericKeysetOf(query);
  const { rows, isCut } = await context.tenant.read(async (tx) => {
    const suite = await findSuiteBySlug(tx, query.suite);
    const newest = suite && (await findNewestSuiteVersion(tx, suite.id));
    if (newest === undefined) throw notFound("suite");
    requirePromptAccess(context, newest.spec.prompt);
    const version = after === undefined ? newest.version : after - 1;
    return await listSuiteVersionsUpTo(tx, { suiteId: newest.suiteId, version }, limit);
  });
  const page = pageOfRows({ query, rows, isCut, toItem: (row) => row, cursorOf: ({ version }) => version });
  const { prompts } = context.caller;
  const visible = page.items.filter(({ spec }) => prompts === null || prompts.includes(spec.prompt));
  return { items: visible.map((row) => suiteOf(query.suite, row)), nextCursor: page.nextCursor };
}
