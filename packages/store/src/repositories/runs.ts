import type { EvidenceHashes, RunPower, RunSelection, RunStatus, RunSummary } from "@assay/core";
import {
  and,
  asc,
  desc,
  eq,
  gt,
  type InferSelectModel,
  inArray,
  isNull,
  lt,
  type SQL,
  sql,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { findVersionNames } from "./servables.ts";
import { nameSuiteVersions } from "./suites.ts";

export type RunRow = InferSelectModel<Schema["runs"]>;

export interface RunInsert {
  suiteVersionId: string;
  promptVersionId: string;
  datasetVersionId: string;
  baselineRunId: string | null;
  hashes: EvidenceHashes;
  evidenceSha256: string;
  /** Cases times repeats. */
  total: number;
  selection?: RunSelection | null;
  rescoreOf?: string | null;
  reuse?: "always" | "never";
  budgetMicros?: number | null;
  stopEarly?: boolean;
  concurrency?: number | null;
  power?: RunPower | null;
  startedBy: string;
  createdAt: Date;
}

export async function insertRun(tx: TenantTx, draft: RunInsert): Promise<RunRow> {
  return await tx.insert(tx.tables.runs, {
    id: newId("run"),
    status: "queued",
    done: 0,
    summary: null,
    error: null,
    finishedAt: null,
    ...draft,
  });
}

export async function findRun(tx: TenantTx, id: string): Promise<RunRow | undefined> {
  return await tx.find(tx.tables.runs, eq(tx.tables.runs.id, id));
}

export interface RunChanges {
  status?: RunStatus;
  done?: number;
  spentMicros?: number;
  reused?: number;
  stoppedEarly?: boolean;
  power?: RunPower | null;
  summary?: RunSummary | null;
  error?: string | null;
  finishedAt?: Date | null;
}

export async function updateRun(tx: TenantTx, id: string, changes: RunChanges): Promise<void> {
  await tx.update(tx.tables.runs, changes, eq(tx.tables.runs.id, id));
}

interface RunsOfVersion {
  suiteId: string;
  promptVersionId: string;
  /** Only runs that are evidence for the very same things. */
  evidenceSha256?: string;
  statuses: RunStatus[];
  /** Only runs that may, or may not, end before their last case. */
  stopEarly?: boolean;
}

/** The newest run of a version on any version of a suite. */
export async function findNewestRun(tx: TenantTx, wanted: RunsOfVersion): Promise<RunRow | undefined> {
  const [row] = await selectRunsOfVersion(tx, wanted, { orderBy: desc(tx.tables.runs.id), limit: 1 });
  return row;
}

/** Completed runs that are evidence for the very same things, in the order they were started. */
export async function listCompletedRuns(
  tx: TenantTx,
  wanted: Omit<Required<RunsOfVersion>, "statuses" | "stopEarly">,
  page: { after?: string; limit: number },
): Promise<RunRow[]> {
  const { runs } = tx.tables;
  const ofVersion: RunsOfVersion = { ...wanted, statuses: ["completed"] };
  const after = page.after === undefined ? undefined : gt(runs.id, page.after);
  return await selectRunsOfVersion(tx, ofVersion, { after, orderBy: asc(runs.id), limit: page.limit });
}

/** How many runs for the very same things stored results and were ended before their last case. */
export async function countCutShortRuns(
  tx: TenantTx,
  { promptVersionId, evidenceSha256 }: { promptVersionId: string; evidenceSha256: string },
): Promise<number> {
  const { runs } = tx.tables;
  const where = and(
    eq(runs.promptVersionId, promptVersionId),
    inArray(runs.status, ["cancelled", "failed"]),
    eq(runs.evidenceSha256, evidenceSha256),
    gt(runs.done, 0),
  );
  return await tx.count(runs, where);
}

async function selectRunsOfVersion(
  tx: TenantTx,
  { suiteId, promptVersionId, evidenceSha256, statuses, stopEarly }: RunsOfVersion,
  { after, orderBy, limit }: { after?: SQL | undefined; orderBy: SQL; limit: number },
): Promise<RunRow[]> {
  const { runs, suiteVersions } = tx.tables;
  const rows = await tx.join(
    {
      left: runs,
      right: suiteVersions,
      on: sql`${eq(suiteVersions.id, runs.suiteVersionId)} and ${eq(suiteVersions.suiteId, suiteId)}`,
    },
    {
      where: and(
        eq(runs.promptVersionId, promptVersionId),
        inArray(runs.status, statuses),
        evidenceSha256 === undefined ? undefined : eq(runs.evidenceSha256, evidenceSha256),
        stopEarly === undefined ? undefined : eq(runs.stopEarly, stopEarly),
        after,
      ),
      orderBy: [orderBy],
      limit,
    },
  );
  return rows.map(({ left }) => left);
}

type PromptVersionRow = InferSelectModel<Schema["promptVersions"]>;
type DatasetVersionRow = InferSelectModel<Schema["datasetVersions"]>;
type SuiteVersionRow = InferSelectModel<Schema["suiteVersions"]>;

export async function findPromptVersionById(tx: TenantTx, id: string): Promise<PromptVersionRow | undefined> {
  return await tx.find(tx.tables.promptVersions, eq(tx.tables.promptVersions.id, id));
}

/** The immutable versions a run is of; undefined once one was removed. */
export async function findRunParts(
  tx: TenantTx,
  run: RunRow,
): Promise<
  | { suiteVersion: SuiteVersionRow; promptVersion: PromptVersionRow; datasetVersion: DatasetVersionRow }
  | undefined
> {
  const { suiteVersions, datasetVersions } = tx.tables;
  const suiteVersion = await tx.find(suiteVersions, eq(suiteVersions.id, run.suiteVersionId));
  const promptVersion = await findPromptVersionById(tx, run.promptVersionId);
  const datasetVersion = await tx.find(datasetVersions, eq(datasetVersions.id, run.datasetVersionId));
  if (suiteVersion === undefined || promptVersion === undefined || datasetVersion === undefined) {
    return undefined;
  }
  return { suiteVersion, promptVersion, datasetVersion };
}

/** The newest version of a dataset; undefined while it has none. */
export async function findNewestDatasetVersion(
  tx: TenantTx,
  datasetId: string,
): Promise<DatasetVersionRow | undefined> {
  const { datasetVersions } = tx.tables;
  const [row] = await tx.select(datasetVersions, {
    where: eq(datasetVersions.datasetId, datasetId),
    orderBy: [desc(datasetVersions.version)],
    limit: 1,
  });
  return row;
}

interface RunsPage {
  suiteId?: string;
  /** The only prompts whose runs may be seen; null for all. */
  promptIds?: string[] | null;
  promptVersionId?: string;
  statuses?: RunStatus[];
  /** Only runs of all cases of their suite. */
  isWhole?: boolean;
  /** Only runs that stored a result. */
  hasResults?: boolean;
  /** Go on after this run's id. */
  after?: string;
  limit: number;
}

/** Newest first. */
export async function listRunRows(tx: TenantTx, page: RunsPage): Promise<RunRow[]> {
  const { runs, suiteVersions } = tx.tables;
  const { suiteId, promptIds, promptVersionId, statuses, isWhole, hasResults, after, limit } = page;
  return await tx.selectJoined(
    { left: runs, right: suiteVersions, on: eq(suiteVersions.id, runs.suiteVersionId) },
    {
      where: and(
        suiteId === undefined ? undefined : eq(suiteVersions.suiteId, suiteId),
        promptIds == null ? undefined : inArray(suiteVersions.promptId, promptIds),
        promptVersionId === undefined ? undefined : eq(runs.promptVersionId, promptVersionId),
        statuses === undefined ? undefined : inArray(runs.status, statuses),
        isWhole ? isNull(runs.selection) : undefined,
        hasResults ? gt(runs.done, 0) : undefined,
        after === undefined ? undefined : lt(runs.id, after),
      ),
      orderBy: [desc(runs.id)],
      limit,
    },
  );
}

/** What a run's ids mean to people. */
export interface RunNames {
  suiteId: string;
  suite: string;
  suiteVersion: number;
  /** Has the suite version a gate block, so that a finished run has a verdict? */
  hasGate: boolean;
  prompt: string;
  promptVersion: number;
  dataset: string;
  datasetVersion: number;
}

/** Names of a page of runs, by run id. */
export async function nameRuns(tx: TenantTx, rows: readonly RunRow[]): Promise<Map<string, RunNames>> {
  if (rows.length === 0) return new Map();
  const { datasetVersions, datasets } = tx.tables;
  const idsOf = (pick: (row: RunRow) => string) => [...new Set(rows.map(pick))];
  const suiteOf = await nameSuiteVersions(
    tx,
    idsOf((row) => row.suiteVersionId),
  );
  const datasetRows = await tx.join(
    { left: datasetVersions, right: datasets, on: eq(datasets.id, datasetVersions.datasetId) },
    {
      where: inArray(
        datasetVersions.id,
        idsOf((row) => row.datasetVersionId),
      ),
    },
  );
  const datasetOf = new Map(datasetRows.map((row) => [row.left.id, row]));
  const versionOf = await findVersionNames(
    tx,
    idsOf((row) => row.promptVersionId),
  );
  const named = new Map<string, RunNames>();
  for (const run of rows) {
    const suite = suiteOf.get(run.suiteVersionId);
    const dataset = datasetOf.get(run.datasetVersionId);
    const version = versionOf.get(run.promptVersionId);
    if (suite === undefined || dataset === undefined || version === undefined) continue;
    named.set(run.id, {
      suiteId: suite.suiteId,
      suite: suite.slug,
      suiteVersion: suite.version,
      hasGate: suite.hasGate,
      prompt: version.prompt,
      promptVersion: version.version,
      dataset: dataset.right.slug,
      datasetVersion: dataset.left.version,
    });
  }
  return named;
}
