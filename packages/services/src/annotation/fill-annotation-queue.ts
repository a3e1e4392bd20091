import { createHash } from "node:crypto";
import { AppError, type FilledAnnotations, invariant, LIMITS, type ScorerUse } from "@assay/core";
import { usesOfKind } from "@assay/evaluator";
import {
  type AnnotationQueueRow,
  addAnnotationItems,
  countAnnotationItems,
  findRun,
  findRunParts,
  listItemsOfQueue,
  listLabelsOfQueue,
  type RunRow,
  type SuiteVersionRow,
  type TenantStore,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { judgesSha256 } from "../evaluation/find-judges.ts";
import { requireRun } from "../evaluation/get-run.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { judgeSha256 } from "./judge-identity.ts";
import { type FillableOutput, type OutputSource, readFillable } from "./read-fillable.ts";

type Input = VerbInput<"fillAnnotationQueue">;

/**
 * Adds outputs of a finished run; where the queue checks a judge, those that it has judged. The outputs are read before the transaction that
 * adds them: those of a finished run never change.
 * @throws AppError `not_found`; `invalid_input` for a run of another prompt or without the metric, or for
 * disagreements with no judge; `conflict` for a
 * run that is not finished, whose judge changed since, or with more outputs than the queue has room for.
 */
export async function fillAnnotationQueue(context: Context, input: Input): Promise<FilledAnnotations> {
  const source = await context.tenant.read((tx) => findSource(context, tx, input));
  const judged = await readFillable(context.tenant, source, input);
  return await context.tenant.write(async (tx) => {
    const queue = await findQueue(context, tx, { slug: input.queue, lock: true });
    const chosen = choose(judged.outputs, input);
    const createdAt = context.platform.now();
    const items = chosen.map(({ position, repeat, subjectSha256, judgePassed }) => ({
      queueId: queue.id,
      runId: source.run.id,
      position,
      repeat,
      subjectSha256,
      judgeSha256: source.judgeSha256,
      judgePassed,
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

type ReadTx = Parameters<Parameters<TenantStore["read"]>[0]>[0];

async function findSource(context: Context, tx: ReadTx, input: Input): Promise<OutputSource> {
  const queue = await findQueue(context, tx, { slug: input.queue });
  const run = await requireRun(context, tx, input.run);
  const parts = await findRunParts(tx, run);
  invariant(parts !== undefined, "a run's parts exist");
  const { suiteVersion } = parts;
  if (suiteVersion.promptId !== queue.promptId) {
    throw new AppError("invalid_input", "The run is of another prompt than the queue.", { param: "run" });
  }
  const use = queue.metric === null ? null : judgeIn(suiteVersion, queue.metric);
  if (use === null && input.draw === "disagreements") {
    const message = "The queue checks no judge, so there is nothing to disagree with. Add all outputs.";
    throw new AppError("invalid_input", message, { param: "draw" });
  }
  if (run.status !== "completed") {
    throw new AppError("conflict", "The run is not finished. Wait for it, or choose another one.");
  }
  return {
    queue,
    run,
    judgeSha256: use === null ? null : await sameJudge(context, tx, { use, run, suiteVersion }),
    labelled: input.draw === "labelled" ? await representativelyLabelled(tx, { queue, run }) : null,
    rankOf: orderOfDraws(context, run),
  };
}

function judgeIn({ spec }: SuiteVersionRow, metric: string): ScorerUse {
  const use = usesOfKind(spec.scorers, "judge").find(({ name, type }) => (name ?? type) === metric);
  if (use !== undefined) return use;
  const message = `The run's suite has no judge that gives the metric "${metric}".`;
  throw new AppError("invalid_input", message, { param: "run" });
}

/** The judge's hash, as long as the suite's judges are what they were when the run was made. */
async function sameJudge(
  { platform }: Context,
  tx: ReadTx,
  { use, run, suiteVersion }: { use: ScorerUse; run: RunRow; suiteVersion: SuiteVersionRow },
): Promise<string> {
  if (run.hashes.judges !== (await judgesSha256(platform, tx, suiteVersion.spec.scorers))) {
    throw new AppError(
      "conflict",
      "Its judges are no longer what they were when the run was made. Run again.",
    );
  }
  return await judgeSha256(platform, tx, use);
}

/**
 * One order by chance for all runs over the same cases, whichever queue is filled: with a seed of one's own, or an order
 * for each run, one would draw until the judge is right about what comes.
 */
function orderOfDraws({ platform, tenant }: Context, { hashes }: RunRow): OutputSource["rankOf"] {
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

function choose(outputs: FillableOutput[], { sample }: Input): FillableOutput[] {
  if (sample === undefined) return outputs;
  const byRank = outputs.toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  return byRank.slice(0, sample.outputs);
}
