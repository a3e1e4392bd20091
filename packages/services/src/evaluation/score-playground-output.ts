import { type CaseOutcome, notFound } from "@assay/core";
import { type ScorerPorts, scoreOutput } from "@assay/evaluator";
import { findNewestSuiteVersion, findSuiteBySlug } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";

const UNASKED = {
  status: "failed",
  reason: "judges, embeddings, web hooks and scripts are asked in evaluations only",
} as const;

/** A look at an output costs nothing and reaches nobody: what would have to ask has no score. */
const PORTS: ScorerPorts = {
  ask: async () => UNASKED,
  embed: async () => UNASKED,
  send: async () => UNASKED,
  runScript: async () => UNASKED,
};

/** What a suite's newest version says of one output. Nothing is stored: only runs make evidence. */
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
  return await scoreOutput({
    ...answered,
    testCase,
    usage: usage ?? undefined,
    meanLogprob: null,
    uses: scorers,
    passScore,
    ports: PORTS,
  });
}
