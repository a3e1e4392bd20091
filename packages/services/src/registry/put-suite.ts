import { AppError, invariant, LIMITS, notFound, type Suite, type SuiteSpec } from "@assay/core";
import { checkScorers, pinEmbeddingModels, pinJudges, usesOfKind } from "@assay/evaluator";
import {
  countSuites,
  ensureSuite,
  findDatasetBySlug,
  findNewestSuiteVersion,
  insertSuiteVersion,
  type SuiteRow,
  type TenantTx,
} from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import { contentHash } from "../content-hash.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPrompt } from "./find-prompt.ts";
import { requireRoom } from "./require-room.ts";
import { resolveJudge } from "./resolve-judge.ts";
import { resolveModel } from "./resolve-model.ts";
import { suiteOf } from "./suite-of.ts";

/**
 * Stores a suite, the version of each judge and each model that embeds pinned to what its name means now. Changed content becomes its next
 * version; gates keep the version they name.
 * @throws AppError `not_found` for the prompt, the dataset or a model, `scope_missing`, `invalid_input` for its scorers
 */
export async function putSuite(
  context: Context,
  { suite: slug, ...written }: VerbInput<"putSuite">,
): Promise<Suite> {
  requirePromptAccess(context, written.prompt);
  checkScorers(written.scorers);
  refuseScripts(context, written);

  return await context.tenant.write(async (tx) => {
    const refers = await referencesOf(context, tx, written);
    const judged = await pinJudges(written.scorers, (judge) => resolveJudge(context, tx, judge));
    const scorers = await pinEmbeddingModels(
      judged,
      async (model) => (await resolveModel(context.platform, tx, model)).hash,
    );
    const spec = { ...written, scorers };
    const contentSha256 = contentHash(spec);
    const suite = await lockedSuite(tx, slug);
    const newest = await findNewestSuiteVersion(tx, suite.id);
    if (newest !== undefined) requirePromptAccess(context, newest.spec.prompt);
    if (newest?.contentSha256 === contentSha256) return suiteOf(slug, newest);
    const version = (newest?.version ?? 0) + 1;
    const createdBy = actorOf(context);
    const draft = { version, spec, contentSha256, createdBy };
    const row = await insertSuiteVersion(tx, { ...refers, suiteId: suite.id, ...draft });
    await tx.audit({
      actor: createdBy,
      action: "suite.put",
      object: `${slug}@${version}`,
      details: { contentHash: contentSha256 },
    });
    return suiteOf(slug, row);
  });
}

/** No tenant's code runs on a server: scripts are for an application on the user's own machine. */
function refuseScripts({ platform }: Context, { scorers }: SuiteSpec): void {
  if (platform.scripts !== null) return;
  const [script] = usesOfKind(scorers, "script");
  if (script === undefined) return;
  throw new AppError(
    "invalid_input",
    `A server runs no scripts, and the scorer "${script.name ?? script.type}" is one. Use \`assay eval --local\`, or a web hook of your own.`,
    { param: "scorers" },
  );
}

async function referencesOf(
  context: Context,
  tx: TenantTx,
  spec: SuiteSpec,
): Promise<{ promptId: string; datasetId: string }> {
  const prompt = await findPrompt(context, tx, spec.prompt);
  const dataset = await findDatasetBySlug(tx, spec.dataset);
  if (dataset === undefined) throw notFound("dataset");
  return { promptId: prompt.id, datasetId: dataset.id };
}

async function lockedSuite(tx: TenantTx, slug: string): Promise<SuiteRow> {
  const { suite, created } = await ensureSuite(tx, slug);
  invariant(suite !== undefined, "a suite that was ensured is there");
  if (created) requireRoom("suites", { count: (await countSuites(tx)) - 1, max: LIMITS.suitesPerTenantMax });
  return suite;
}
