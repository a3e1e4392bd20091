import {
  type Evidence,
  type EvidenceHashes,
  invariant,
  notFound,
  type Page,
  type Verdict,
} from "@assay/core";
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
  type VerdictRow,
} from "@assay/store";
import type { Context, Platform } from "../context.ts";
import { changedHashes, currentHashes } from "../evaluation/evidence-hashes.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

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

async function viewEvidence(
  platform: Platform,
  tx: TenantTx,
  { version, runs }: { version: PromptVersionRow; runs: RunRow[] },
): Promise<Evidence[]> {
  const names = await nameRuns(tx, runs);
  const verdicts = await listVerdictsOfRuns(
    tx,
    runs.map((run) => run.id),
  );
  const today = new Map<string, EvidenceHashes | undefined>();
  const items: Evidence[] = [];
  for (const run of runs) {
    const named = names.get(run.id);
    invariant(named !== undefined && run.finishedAt !== null, "a completed run has names and an end");
    if (!today.has(named.suiteId)) {
      today.set(named.suiteId, await hashesOfToday(platform, tx, { version, suiteId: named.suiteId }));
    }
    const hashes = today.get(named.suiteId);
    const changed = hashes === undefined ? ["dataset"] : changedHashes(run.hashes, hashes);
    items.push({
      runId: run.id,
      suite: named.suite,
      promptVersion: version.version,
      hashes: run.hashes,
      isCurrent: changed.length === 0,
      changed,
      verdict: verdictOf(verdicts.get(run.id)?.at(-1)),
      finishedAt: run.finishedAt.toISOString(),
    });
  }
  return items;
}

async function hashesOfToday(
  platform: Platform,
  tx: TenantTx,
  { version, suiteId }: { version: PromptVersionRow; suiteId: string },
): Promise<EvidenceHashes | undefined> {
  const gates = await listGateRows(tx, version.promptId);
  const gate = gates.find(({ suiteVersion }) => suiteVersion.suiteId === suiteId);
  const inForce = gate ?? (await newestVersions(tx, suiteId));
  if (inForce === undefined) return undefined;
  const { suiteVersion, datasetVersion } = inForce;
  return await currentHashes(platform, tx, { promptVersion: version, suiteVersion, datasetVersion });
}

/** Undefined while the newest suite version's dataset has no cases. */
async function newestVersions(
  tx: TenantTx,
  suiteId: string,
): Promise<{ suiteVersion: SuiteVersionRow; datasetVersion: DatasetVersionRow } | undefined> {
  const suiteVersion = await findNewestSuiteVersion(tx, suiteId);
  invariant(suiteVersion !== undefined, "a suite with runs has a version");
  const datasetVersion = await findNewestDatasetVersion(tx, suiteVersion.datasetId);
  return datasetVersion && { suiteVersion, datasetVersion };
}

function verdictOf(row: VerdictRow | undefined): Verdict {
  if (row !== undefined) return { outcome: row.outcome, clauses: row.clauses };
  const message = "The suite had no gate when this run finished; a promotion will decide.";
  return {
    outcome: "inconclusive",
    clauses: [{ clause: "evidence", outcome: "inconclusive", value: null, bound: null, message }],
  };
}
