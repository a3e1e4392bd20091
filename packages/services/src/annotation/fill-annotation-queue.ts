import { createHash } from "node:crypto";
import {
  AppError,
  type Case,
  type FilledAnnotations,
  invariant,
  LIMITS,
  type MetricScore,
  type ScorerUse,
} from "@assay/core";
import { usesOfKind } from "@assay/evaluator";
import {
  type AnnotationQueueRow,
  addAnnotationItems,
  countAnnotationItems,
  findRun,
  findRunParts,
  listCaseRows,
  listItemsOfQueue,
  listLabelsOfQueue,
  listResultRows,
  type ResultRow,
  type RunRow,
  type TenantStore,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import { actorOf, type Context } from "../context.ts";
import { judgesSha256 } from "../evaluation/find-judges.ts";
import { requireRun } from "../evaluation/get-run.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { judgeSha256, passedBy } from "./judge-identity.ts";

type Input = VerbInput<"fillAnnotationQueue">;

const CASES_PER_PAGE = 100;

/**
 * Adds outputs of a finished run that the metric's judge has judged. The outputs are read before the transaction that
 * adds them: those of a finished run never change.
 * @throws AppError `not_found`; `invalid_input` for a run of another prompt or without the metric; `conflict` for a
 * run that is not finished, whose judge changed since, or with more outputs than the queue has room for.
 */
export async function fillAnnotationQueue(context: Context, input: Input): Promise<FilledAnnotations> {
  const source = await context.tenant.read((tx) => findSource(context, tx, input));
  const judged = await readJudged(context.tenant, source, input);
  return await context.tenant.write(async (tx) => {
    const queue = await findQueue(context, tx, { slug: input.queue, lock: true });
    const chosen = choose(judged.outputs, input);
    const createdAt = context.platform.now();
    const items = chosen.map(({ position, repeat, subjectSha256, passed }) => ({
      queueId: queue.id,
      runId: source.run.id,
      position,
      repeat,
      subjectSha256,
      judgeSha256: source.judgeSha256,
      judgePassed: passed,
      isRepresentative: input.draw !== "disagreements" && input.tags === undefined,
      createdAt,
    }));
    const before = await countAnnotationItems(tx, queue.id);
    if (before + items.length > LIMITS.annotationItemsPerQueueMax) {
      throw new AppError(
        "conflict",
        `The queue has ${before} outputs and room for ${LIMITS.annotationItemsPerQueueMax}; ${items.length} more do not fit. Add a sample of them.`,
      );
    }
    const added = await addAnnotationItems(tx, items);
    await tx.audit({
      actor: actorOf(context),
      action: "annotation_queue.fill",
      object: queue.slug,
      details: { runId: source.run.id, draw: input.draw, added },
    });
    return { added, alreadyThere: items.length - added, unjudged: judged.unjudged };
  });
}

interface Source {
  queue: AnnotationQueueRow;
  run: RunRow;
  use: ScorerUse;
  judgeSha256: string;
  /** Outputs that people labelled before, when only those are wanted. */
  labelled: ReadonlySet<string> | null;
  rankOf(place: { position: number; repeat: number }): string;
}

type ReadTx = Parameters<Parameters<TenantStore["read"]>[0]>[0];

async function findSource(context: Context, tx: ReadTx, input: Input): Promise<Source> {
  const queue = await findQueue(context, tx, { slug: input.queue });
  const run = await requireRun(context, tx, input.run);
  const parts = await findRunParts(tx, run);
  invariant(parts !== undefined, "a run's parts exist");
  const { suiteVersion } = parts;
  if (suiteVersion.promptId !== queue.promptId) {
    throw new AppError("invalid_input", "The run is of another prompt than the queue.", { param: "run" });
  }
  const { scorers } = suiteVersion.spec;
  const use = usesOfKind(scorers, "judge").find(({ name, type }) => (name ?? type) === queue.metric);
  if (use === undefined) {
    const message = `The run's suite has no judge that gives the metric "${queue.metric}".`;
    throw new AppError("invalid_input", message, { param: "run" });
  }
  if (run.status !== "completed") {
    throw new AppError("conflict", "The run is not finished. Wait for it, or choose another one.");
  }
  if (run.hashes.judges !== (await judgesSha256(context.platform, tx, scorers))) {
    throw new AppError(
      "conflict",
      "Its judges are no longer what they were when the run was made. Run again.",
    );
  }
  return {
    queue,
    run,
    use,
    judgeSha256: await judgeSha256(context.platform, tx, use),
    labelled: input.draw === "labelled" ? await representativelyLabelled(tx, { queue, run }) : null,
    rankOf: orderOfDraws(context, run),
  };
}

/**
 * One order by chance for all runs over the same cases, whichever queue is filled: with a seed of one's own, or an order
 * for each run, one would draw until the judge is right about what comes.
 */
function orderOfDraws({ platform, tenant }: Context, { hashes }: RunRow): Source["rankOf"] {
  const key = platform.secrets.sign(JSON.stringify([tenant.tenantId, hashes.dataset]), "order of draws");
  return ({ position, repeat }) =>
    createHash("sha256").update(key).update(`${position}:${repeat}`).digest("hex");
}

/**
 * An output that was added for what a judge said of it stays left out, whatever another judge says, and so does what was
 * drawn from among other cases.
 */
async function representativelyLabelled(
  tx: ReadTx,
  { queue, run }: { queue: AnnotationQueueRow; run: RunRow },
): Promise<Set<string>> {
  const items = (await listItemsOfQueue(tx, queue.id)).filter((item) => item.isRepresentative);
  const ofTheseCases = new Set<string>();
  for (const runId of new Set(items.map((item) => item.runId))) {
    const drawnFrom = await findRun(tx, runId);
    if (drawnFrom?.hashes.dataset === run.hashes.dataset) ofTheseCases.add(runId);
  }
  const drawn = new Set(
    items.filter(({ runId }) => ofTheseCases.has(runId)).map((item) => item.subjectSha256),
  );
  const labels = await listLabelsOfQueue(tx, queue.id);
  return new Set(labels.map(({ subjectSha256 }) => subjectSha256).filter((subject) => drawn.has(subject)));
}

interface JudgedOutput {
  position: number;
  repeat: number;
  subjectSha256: string;
  passed: boolean;
  /** By chance. */
  rank: string;
}

/** The outputs that may be added; numbers and hashes only, so that a large run fits into memory. */
async function readJudged(
  tenant: TenantStore,
  source: Source,
  input: Input,
): Promise<{ outputs: JudgedOutput[]; unjudged: number }> {
  const judged = { outputs: [] as JudgedOutput[], unjudged: 0 };
  const { run } = source;
  let after: number | undefined;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const { cases, results } = await tenant.read(async (tx) => {
      const rows = await listCaseRows(tx, run.datasetVersionId, page);
      return { cases: rows, results: await resultsOf(tx, run.id, rows) };
    });
    const last = cases.at(-1);
    if (last === undefined) return judged;
    after = last.position;
    const bodies = new Map(cases.map(({ position, body }) => [position, body]));
    for (const row of results) {
      const testCase = bodies.get(row.position);
      invariant(testCase !== undefined, "a result is of a case");
      take(judged, { row, testCase }, { source, input });
    }
  }
}

async function resultsOf(tx: ReadTx, runId: string, cases: readonly { position: number }[]) {
  const [first, last] = [cases[0], cases.at(-1)];
  const results: ResultRow[] = [];
  if (first === undefined || last === undefined) return results;
  let after: { position: number; repeat: number } = {
    position: first.position - 1,
    repeat: LIMITS.repeatsMax,
  };
  for (;;) {
    const rows = await listResultRows(tx, { runId, after, limit: CASES_PER_PAGE });
    const ofPage = rows.filter(({ position }) => position <= last.position);
    results.push(...ofPage);
    const next = ofPage.at(-1);
    if (next === undefined || ofPage.length < CASES_PER_PAGE) return results;
    after = { position: next.position, repeat: next.repeat };
  }
}

function take(
  judged: { outputs: JudgedOutput[]; unjudged: number },
  { row, testCase }: { row: ResultRow; testCase: Case },
  { source, input }: { source: Source; input: Input },
): void {
  const { outcome, position, repeat, tags } = row;
  if (input.tags !== undefined && !input.tags.some((tag) => tags.includes(tag))) return;
  const metrics = outcome.status === "failed" ? [] : outcome.metrics;
  const metric = metrics.find(({ name }) => name === source.queue.metric);
  const passed = metric && passedBy(metric);
  if (outcome.status === "failed" || passed === undefined) {
    judged.unjudged += 1;
    return;
  }
  if (input.draw === "disagreements" && !isDisputed(metrics, source.queue.metric, passed)) return;
  const { metric: asked, instructions } = source.queue;
  const { variables = null, messages = null, expected = null } = testCase;
  const { output, toolCalls = [] } = outcome;
  const about = { variables, messages, expected, output, toolCalls };
  const subjectSha256 = contentHash({ question: { metric: asked, instructions }, about });
  if (source.labelled !== null && !source.labelled.has(subjectSha256)) return;
  judged.outputs.push({ position, repeat, subjectSha256, passed, rank: source.rankOf({ position, repeat }) });
}

/** Does another metric say otherwise? */
function isDisputed(metrics: readonly MetricScore[], judge: string, passed: boolean): boolean {
  return metrics.some((metric) => {
    const other = passedBy(metric);
    return metric.name !== judge && other !== undefined && other !== passed;
  });
}

function choose(outputs: JudgedOutput[], { sample }: Input): JudgedOutput[] {
  if (sample === undefined) return outputs;
  const byRank = outputs.toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  return byRank.slice(0, sample.outputs);
}
