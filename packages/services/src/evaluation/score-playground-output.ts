import { type CaseOutcome, notFound } from "@assay/core";
import { findNewestSuiteVersion, findSuiteBySlug } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { scoringThread } from "./scoring-thread.ts";

/**
 * What a suite's newest version says of one output. Nothing is stored: only runs make evidence.
 * @throws AppError `not_found`; `queue_full` while the tenant has many outputs waiting to be scored
 */
export async function scorePlaygroundOutput(
  context: Context,
  { suite, case: testCase, usage, ...answered }: VerbInput<"scorePlaygroundOutput">,
): Promise<CaseOutcome> {
  const { scorers, passScore } = await context.tenant.read(async (tx) => {
    const row = await findSuiteBySlug(tx, suite);
    const newest = row && (await findNewestSuiteVersion(tx, row.id));
    if (newest === undefined) throw notFound("suite");
    requirePromptAccess(context, newest.spec.prompt);
    return newest.spec;
  });
  return await scoringThread.score(context.tenant.tenantId, {
    ...answered,
    testCase,
    usage: usage ?? undefined,
    meanLogprob: null,
    uses: scorers,
    passScore,
  });
}
