import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, sql } from "../drizzle.ts";
import type { TenantTable } from "../tenant-row.ts";
import type { TenantTx } from "../tenant-tx.ts";
import type { GateRow } from "./gates.ts";
import type { LabelRow } from "./labels.ts";
import type { RunRow } from "./runs.ts";

interface Bounded {
  /** Only of these prompts; null is no narrowing. */
  promptIds: readonly string[] | null;
  limit: number;
}

/** Labels that have a gate, those moved last first. */
export async function listGatedLabels(tx: TenantTx, { promptIds, limit }: Bounded): Promise<LabelRow[]> {
  const { labels, gates } = tx.tables;
  const rows = await tx.join(
    {
      left: labels,
      right: gates,
      on: sql`${eq(gates.promptId, labels.promptId)} and ${eq(gates.label, labels.name)}`,
    },
    {
      where: promptIds === null ? undefined : inArray(labels.promptId, [...promptIds]),
      orderBy: [desc(labels.updatedAt), asc(labels.promptId), asc(labels.name)],
      limit,
    },
  );
  return rows.map(({ left }) => left);
}

/** Gates of labels that no prompt has yet, set last first. */
export async function listUnsetGates(tx: TenantTx, { promptIds, limit }: Bounded): Promise<GateRow[]> {
  const { labels, gates } = tx.tables;
  const isOfGate = sql`${eq(labels.tenantId, gates.tenantId)} and ${eq(labels.promptId, gates.promptId)} and ${eq(labels.name, gates.label)}`;
  return await tx.select(gates, {
    where: and(
      sql`not exists (select 1 from ${labels} where ${isOfGate})`,
      promptIds === null ? undefined : inArray(gates.promptId, [...promptIds]),
    ),
    orderBy: [desc(gates.updatedAt), asc(gates.promptId), asc(gates.label)],
    limit,
  });
}

/** Ids of a prompt's versions above a number that a suite has measured on all of its cases, newest version first. */
export async function listMeasuredVersionIds(
  tx: TenantTx,
  wanted: { promptId: string; suiteId: string; after: number; limit: number },
): Promise<string[]> {
  const { promptVersions, runs, suiteVersions } = tx.tables;
  const newer = await tx.aggregate(promptVersions, {
    columns: { id: promptVersions.id },
    where: and(eq(promptVersions.promptId, wanted.promptId), gt(promptVersions.version, wanted.after)),
    orderBy: [desc(promptVersions.version)],
    limit: wanted.limit,
  });
  if (newer.length === 0) return [];
  const ids = newer.map(({ id }) => String(id));
  const isOfSuite = and(
    eq(suiteVersions.tenantId, runs.tenantId),
    eq(suiteVersions.id, runs.suiteVersionId),
    eq(suiteVersions.suiteId, wanted.suiteId),
  );
  const measured = await tx.aggregate(runs, {
    columns: { id: runs.promptVersionId },
    where: and(
      inArray(runs.promptVersionId, ids),
      eq(runs.status, "completed"),
      isNull(runs.selection),
      sql`exists (select 1 from ${suiteVersions} where ${isOfSuite})`,
    ),
    groupBy: [runs.promptVersionId],
  });
  const known = new Set(measured.map(({ id }) => String(id)));
  return ids.filter((id) => known.has(id));
}

/** Runs that wait or go on, newest first. Found by their jobs, of which few are not done. */
export async function listActiveRuns(tx: TenantTx, { promptIds, limit }: Bounded): Promise<RunRow[]> {
  const { jobs, runs, suiteVersions } = tx.tables;
  const active = await tx.aggregate(jobs, {
    columns: { runId: jobs.runId },
    where: inArray(jobs.status, ["queued", "running"]),
  });
  if (active.length === 0) return [];
  const ids = active.map(({ runId }) => String(runId));
  return await tx.selectJoined(
    { left: runs, right: suiteVersions, on: eq(suiteVersions.id, runs.suiteVersionId) },
    {
      where: and(
        inArray(runs.id, ids),
        promptIds === null ? undefined : inArray(suiteVersions.promptId, [...promptIds]),
      ),
      orderBy: [desc(runs.id)],
      limit,
    },
  );
}

/** Runs that failed since a time, newest first. */
export async function listFailedRuns(
  tx: TenantTx,
  { promptIds, limit, since }: Bounded & { since: Date },
): Promise<RunRow[]> {
  const { runs, suiteVersions } = tx.tables;
  return await tx.selectJoined(
    { left: runs, right: suiteVersions, on: eq(suiteVersions.id, runs.suiteVersionId) },
    {
      where: and(
        // An id begins with the time it was made at: a range of ids is read without looking at older runs.
        gte(runs.id, `run_${since.getTime().toString(16).padStart(12, "0")}`),
        eq(runs.status, "failed"),
        promptIds === null ? undefined : inArray(suiteVersions.promptId, [...promptIds]),
      ),
      orderBy: [desc(runs.id)],
      limit,
    },
  );
}

/** Keys in use that end before a time, those that end first in front. */
export async function listExpiringKeys(
  tx: TenantTx,
  { now, until, limit }: { now: Date; until: Date; limit: number },
) {
  const { keys } = tx.tables;
  return await tx.select(keys, {
    where: and(
      isNull(keys.revokedAt),
      isNotNull(keys.expiresAt),
      gt(keys.expiresAt, now),
      lte(keys.expiresAt, until),
    ),
    orderBy: [asc(keys.expiresAt)],
    limit,
  });
}

/** How many live change requests each prompt has; a prompt without any is absent. */
export async function countLiveChangesByPrompt(
  tx: TenantTx,
  promptIds: readonly string[],
): Promise<Map<string, number>> {
  if (promptIds.length === 0) return new Map();
  const { changeRequests } = tx.tables;
  const rows = await tx.aggregate(changeRequests, {
    columns: { promptId: changeRequests.promptId, count: sql`count(*)` },
    where: and(
      inArray(changeRequests.promptId, [...promptIds]),
      inArray(changeRequests.status, ["open", "approved"]),
    ),
    groupBy: [changeRequests.promptId],
  });
  return new Map(rows.map(({ promptId, count }) => [String(promptId), Number(count)]));
}

/** Of which of these the tenant has at least one. */
export async function findPresence(tx: TenantTx, promptIds: readonly string[] | null) {
  const { prompts, labels, gates, datasets, suites, suiteVersions, runs, traces } = tx.tables;
  const has = async (table: TenantTable, where?: ReturnType<typeof and>) =>
    (await tx.aggregate(table, { columns: { one: sql`1` }, where, limit: 1 })).length > 0;
  const of = (column: Parameters<typeof inArray>[0]) =>
    promptIds === null ? undefined : inArray(column, [...promptIds]);
  return {
    prompts: await has(prompts, of(prompts.id)),
    labels: await has(labels, of(labels.promptId)),
    datasets: await has(datasets),
    suites: promptIds === null ? await has(suites) : await has(suiteVersions, of(suiteVersions.promptId)),
    gates: await has(gates, of(gates.promptId)),
    runs: await has(runs),
    requests: await has(traces, and(isNotNull(traces.promptId), of(traces.promptId))),
  };
}
