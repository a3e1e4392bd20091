import { and, gte, inArray, lt, type SQL, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { findPromptVersionById, type RunRow } from "./runs.ts";
import { findPinnedModel } from "./servables.ts";
import type { UsageTotals } from "./traces.ts";

/** How many runs' results are summed with one statement. */
const RUNS_PER_SUM = 500;

interface AnswerTotals {
  requests: number;
  failedRequests: number;
  promptTokens: number;
  completionTokens: number;
  unpricedRequests: number;
  /** Scored results without a cost of judges: unknown where the suite has some. */
  withoutJudgeCost: number;
}

/**
 * What runs started in [since, until) asked of models, by who started them, version and model. Reused answers cost
 * nothing now and are left out; `costMicros` is what the runs spent on answers and judges, as far as known.
 */
export async function sumRunUsage(
  tx: TenantTx,
  period: { since?: Date; until?: Date },
): Promise<UsageTotals[]> {
  const { runs } = tx.tables;
  const rows = await tx.aggregate(runs, {
    columns: {
      id: runs.id,
      promptVersionId: runs.promptVersionId,
      startedBy: runs.startedBy,
      hashes: runs.hashes,
      spentMicros: runs.spentMicros,
    },
    where: and(
      period.since && gte(runs.createdAt, period.since),
      period.until && lt(runs.createdAt, period.until),
    ),
  });
  const groups = new Map<string, UsageTotals>();
  for (let first = 0; first < rows.length; first += RUNS_PER_SUM) {
    const page = rows.slice(first, first + RUNS_PER_SUM) as unknown as SpentRun[];
    const answers = await sumAnswers(
      tx,
      page.map(({ id }) => id),
    );
    for (const run of page) await addRun(tx, { groups, run, answers: answers.get(run.id) });
  }
  return [...groups.values()];
}

export async function countRunsSince(tx: TenantTx, since: Date): Promise<number> {
  return await tx.count(tx.tables.runs, gte(tx.tables.runs.createdAt, since));
}

type SpentRun = Pick<RunRow, "id" | "promptVersionId" | "startedBy" | "hashes" | "spentMicros">;

async function addRun(
  tx: TenantTx,
  {
    groups,
    run,
    answers,
  }: { groups: Map<string, UsageTotals>; run: SpentRun; answers: AnswerTotals | undefined },
): Promise<void> {
  if (answers === undefined) return;
  const name = `${run.startedBy} ${run.promptVersionId}`;
  let group = groups.get(name);
  if (group === undefined) {
    group = await emptyGroup(tx, run);
    groups.set(name, group);
  }
  const { judges } = run.hashes;
  const hasJudges = judges !== undefined && judges !== null;
  group.requests += answers.requests;
  group.failedRequests += answers.failedRequests;
  group.promptTokens += answers.promptTokens;
  group.completionTokens += answers.completionTokens;
  group.costMicros += Number(run.spentMicros);
  group.unpricedRequests += answers.unpricedRequests + (hasJudges ? answers.withoutJudgeCost : 0);
}

async function emptyGroup(tx: TenantTx, run: SpentRun): Promise<UsageTotals> {
  const version = await findPromptVersionById(tx, run.promptVersionId);
  const model = version && (await findPinnedModel(tx, version));
  return {
    keyId: run.startedBy.startsWith("key:") ? run.startedBy.slice("key:".length) : null,
    promptVersionId: run.promptVersionId,
    model: model?.slug ?? "",
    requests: 0,
    failedRequests: 0,
    promptTokens: 0,
    completionTokens: 0,
    costMicros: 0,
    unpricedRequests: 0,
  };
}

async function sumAnswers(tx: TenantTx, runIds: string[]): Promise<Map<string, AnswerTotals>> {
  const { results } = tx.tables;
  const isAsked = sql`${results.reused} = ${sql.param(false, results.reused)}`;
  const countOf = (condition: SQL) => sql`sum(case when ${condition} then 1 else 0 end)`;
  const sumOf = (column: SQL) => sql`coalesce(sum(case when ${isAsked} then ${column} end), 0)`;
  const rows = await tx.aggregate(results, {
    columns: {
      runId: results.runId,
      requests: countOf(isAsked),
      failedRequests: countOf(sql`${isAsked} and ${results.status} = 'failed'`),
      promptTokens: sumOf(sql`${results.promptTokens}`),
      completionTokens: sumOf(sql`${results.completionTokens}`),
      unpricedRequests: countOf(sql`${isAsked} and ${results.costMicros} is null`),
      withoutJudgeCost: countOf(sql`${results.status} = 'scored' and ${results.judgeCostMicros} is null`),
    },
    where: inArray(results.runId, runIds),
    groupBy: [results.runId],
  });
  return new Map(
    rows.map(({ runId, ...sums }) => [
      String(runId),
      Object.fromEntries(
        Object.entries(sums).map(([name, sum]) => [name, Number(sum)]),
      ) as unknown as AnswerTotals,
    ]),
  );
}
