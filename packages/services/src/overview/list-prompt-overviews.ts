import {
  invariant,
  type Label,
  type LabelQuality,
  LIMITS,
  type Page,
  type PromptOverview,
} from "@assay/core";
import {
  countLiveChangesByPrompt,
  findPromptVersion,
  findRun,
  listPromptRows,
  listRunRows,
  nameRuns,
  newestPromptVersionNumbers,
  type PromptRow,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { viewLabels } from "../promotion/view-labels.ts";
import type { VerbInput } from "../verb.ts";

/** By slug; a confined key sees only its own. */
export async function listPromptOverviews(
  context: Context,
  query: VerbInput<"listPromptOverviews">,
): Promise<Page<PromptOverview>> {
  return await context.tenant.read(async (tx) => {
    const { labelled, judges } = query;
    const rows = await listPromptRows(tx, {
      ...keysetOf(query),
      slugs: context.caller.prompts,
      isLabelled: labelled === undefined ? undefined : labelled === "true",
      isJudge: judges === undefined ? undefined : judges === "true",
    });
    const page = pageOfRows({ query, rows, toItem: (row) => row, cursorOf: (row) => row.slug });
    const ids = page.items.map(({ id }) => id);
    const newest = await newestPromptVersionNumbers(tx, ids);
    const changes = await countLiveChangesByPrompt(tx, ids);
    const items: PromptOverview[] = [];
    for (const prompt of page.items) {
      const shown = { prompt, max: LIMITS.promptLabelsShownMax };
      const { labels, labelCount } = await viewLabels(context.platform, tx, shown);
      items.push({
        prompt: prompt.slug,
        description: prompt.description,
        latestVersion: newest.get(prompt.id) ?? null,
        labels,
        labelCount,
        quality: await qualityOf(tx, prompt, labels),
        liveChanges: changes.get(prompt.id) ?? 0,
      });
    }
    return { items, nextCursor: page.nextCursor };
  });
}

/** Of the version that users get, as far as it was measured. */
async function qualityOf(
  tx: TenantTx,
  prompt: PromptRow,
  labels: readonly Label[],
): Promise<LabelQuality | null> {
  // `production` stands first.
  const [label] = labels;
  if (label === undefined) return null;
  const { standing } = label;
  const evidenceId = standing.kind === "proven" || standing.kind === "stale" ? standing.runId : null;
  const run = evidenceId === null ? await newestWholeRun(tx, prompt, label) : await findRun(tx, evidenceId);
  if (run === undefined || run.summary === null || run.finishedAt === null) return null;
  const named = (await nameRuns(tx, [run])).get(run.id);
  invariant(named !== undefined, "what a run was made of cannot be removed");
  return {
    label: label.name,
    version: label.version,
    runId: run.id,
    suite: named.suite,
    score: run.summary.score,
    cases: run.summary.scored,
    isEvidence: evidenceId !== null,
    finishedAt: run.finishedAt.toISOString(),
  };
}

/** Without evidence the newest run of all cases is the best that is known. */
async function newestWholeRun(tx: TenantTx, prompt: PromptRow, label: Label): Promise<RunRow | undefined> {
  const version = await findPromptVersion(tx, prompt.id, label.version);
  invariant(version !== undefined, "a label's version cannot be removed");
  const [run] = await listRunRows(tx, {
    promptVersionId: version.id,
    statuses: ["completed"],
    isWhole: true,
    limit: 1,
  });
  return run;
}
