import { type Evidence, invariant, notFound, type Page } from "@assay/core";
import {
  type DatasetVersionRow,
  findNewestDatasetVersion,
  findNewestSuiteVersion,
  findPromptVersion,
  listGateRows,
  listRunRows,
  listVerdictsOfRuns,
  nameRuns,
  type PromptVersionRow,
  type RunRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Context, Platform } from "../context.ts";
import { changedHashes, currentHashes } from "../evaluation/evidence-hashes.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { explainChanges, type Today } from "./explain-changes.ts";

/**
 * Finished runs of a version, newest first, each with what has changed since and with the newest verdict that was
 * based on it. What counts as today's suite and cases are the versions a gate of the prompt names, else the newest.
 */
export async function listEvidence(
  context: Context,
  input: VerbInput<"listEvidence">,
): Promise<Page<Evidence>> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const version = await findPromptVersion(tx, prompt.id, input.version);
    if (version === undefined) throw notFound("version");
    const rows = await listRunRows(tx, {
      promptVersionId: version.id,
      statuses: ["completed"],
      ...keysetOf(input),
    });
    const page = pageOfRows({ query: input, rows, toItem: (row) => row, cursorOf: (row) => row.id });
    const items = await viewEvidence(context.platform, tx, { version, runs: page.items });
    return { items, nextCursor: page.nextCursor };
  });
}

/** Runs of one version as evidence, in the order they come in. */
export async function viewEvidence(
  platform: Platform,
  tx: TenantTx,
  { version, runs }: { version: PromptVersionRow; runs: RunRow[] },
): Promise<Evidence[]> {
  const names = await nameRuns(tx, runs);
  const verdicts = await listVerdictsOfRuns(
    tx,
    runs.map((run) => run.id),
  );
  const todayOf = new Map<string, Today | undefined>();
  const items: Evidence[] = [];
  for (const run of runs) {
    const named = names.get(run.id);
    invariant(named !== undefined && run.finishedAt !== null, "a completed run has names and an end");
    if (!todayOf.has(named.suiteId)) {
      todayOf.set(named.suiteId, await findToday(platform, tx, { version, suiteId: named.suiteId }));
    }
    const today = todayOf.get(named.suiteId);
    const changed = today === undefined ? ["dataset"] : changedHashes(run.hashes, today.hashes);
    const verdict = verdicts.get(run.id)?.at(-1);
    items.push({
      runId: run.id,
      suite: named.suite,
      promptVersion: version.version,
      hashes: run.hashes,
      isCurrent: changed.length === 0,
      changed,
      reasons: today === undefined ? [NO_CASES] : await explainChanges(tx, run, today),
      verdict: verdict === undefined ? null : { outcome: verdict.outcome, clauses: verdict.clauses },
      finishedAt: run.finishedAt.toISOString(),
    });
  }
  return items;
}

const NO_CASES = "The suite names a dataset now that has no cases yet.";

async function findToday(
  platform: Platform,
  tx: TenantTx,
  { version, suiteId }: { version: PromptVersionRow; suiteId: string },
): Promise<Today | undefined> {
  const gates = await listGateRows(tx, version.promptId);
  const gate = gates.find(({ suiteVersion }) => suiteVersion.suiteId === suiteId);
  const inForce = gate ?? (await newestOfSuite(tx, suiteId));
  if (inForce === undefined) return undefined;
  const { suiteVersion, datasetVersion } = inForce;
  const hashes = await currentHashes(platform, tx, { promptVersion: version, suiteVersion, datasetVersion });
  return { version, suiteVersion, datasetVersion, hashes };
}

/** Undefined while the newest suite version's dataset has no cases. */
async function newestOfSuite(
  tx: TenantTx,
  suiteId: string,
): Promise<{ suiteVersion: SuiteVersionRow; datasetVersion: DatasetVersionRow } | undefined> {
  const suiteVersion = await findNewestSuiteVersion(tx, suiteId);
  invariant(suiteVersion !== undefined, "a suite with runs has a version");
  const datasetVersion = await findNewestDatasetVersion(tx, suiteVersion.datasetId);
  return datasetVersion && { suiteVersion, datasetVersion };
}
