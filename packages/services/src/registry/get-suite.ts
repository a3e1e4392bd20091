import { notFound, type Suite } from "@assay/core";
import { findNewestSuiteVersion, findSuiteBySlug } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { suiteOf } from "./suite-of.ts";

/** One suite in its newest version. */
export async function getSuite(context: Context, { suite }: VerbInput<"getSuite">): Promise<Suite> {
  return await context.tenant.read(async (tx) => {
    const row = await findSuiteBySlug(tx, suite);
    const newest = row && (await findNewestSuiteVersion(tx, row.id));
    if (newest === undefined) throw notFound("suite");
    requirePromptAccess(context, newest.spec.prompt);
    return suiteOf(suite, newest);
  });
}
