import { createHash } from "node:crypto";
import { type AnnotationTask, invariant, type NextAnnotation } from "@assay/core";
import {
  type AnnotationItemRow,
  type AnnotationQueueRow,
  findRun,
  listCaseRows,
  listItemsOfQueue,
  listLabelsOfQueue,
  listResultRows,
  type SubjectLabel,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { labelsBySubject } from "./subject-labels.ts";

/**
 * The next output that the caller has not labelled and that still needs a label, in an order of the caller's own: by
 * chance, and the same until it is labelled.
 */
export async function getNextAnnotation(
  context: Context,
  { queue: slug, except }: VerbInput<"getNextAnnotation">,
): Promise<NextAnnotation> {
  return await context.tenant.read(async (tx) => {
    const queue = await findQueue(context, tx, { slug });
    const { open, labelled } = await openItems(tx, queue, actorOf(context));
    const excepted = new Set(except?.split(","));
    const [next] = open
      .filter(({ item }) => !excepted.has(item.id))
      .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
    const task = next === undefined ? null : await taskOf(tx, queue, next.item);
    return { task, open: open.length, labelled };
  });
}

async function openItems(
  tx: TenantTx,
  queue: AnnotationQueueRow,
  annotator: string,
): Promise<{ open: { item: AnnotationItemRow; rank: string }[]; labelled: number }> {
  const listed = await listItemsOfQueue(tx, queue.id);
  const labels = labelsBySubject(await listLabelsOfQueue(tx, queue.id));
  // Of an output that stands in several items the first is shown.
  const bySubject = new Map<string, AnnotationItemRow>();
  for (const item of listed) if (!bySubject.has(item.subjectSha256)) bySubject.set(item.subjectSha256, item);
  const givenTo = ({ subjectSha256 }: AnnotationItemRow) => labels.get(subjectSha256) ?? [];
  const isBy = (label: SubjectLabel) => label.annotator === annotator;
  const items = [...bySubject.values()];
  const open = items.filter(
    (item) => givenTo(item).length < queue.labelsPerItem && !givenTo(item).some(isBy),
  );
  return {
    open: open.map((item) => ({
      item,
      rank: createHash("sha256").update(`${annotator}/${item.id}`).digest("hex"),
    })),
    labelled: items.filter((item) => givenTo(item).some(isBy)).length,
  };
}

async function taskOf(
  tx: TenantTx,
  queue: AnnotationQueueRow,
  { id, runId, position, repeat }: AnnotationItemRow,
): Promise<AnnotationTask> {
  const run = await findRun(tx, runId);
  invariant(run !== undefined, "an item's run cannot be removed");
  const [testCase] = await listCaseRows(tx, run.datasetVersionId, { after: position - 1, limit: 1 });
  const [result] = await listResultRows(tx, { runId, after: { position, repeat: repeat - 1 }, limit: 1 });
  invariant(
    testCase?.position === position && result?.position === position && result.repeat === repeat,
    "an item's case and result cannot be removed",
  );
  const { outcome } = result;
  invariant(outcome.status !== "failed", "only outputs are labelled");
  const { variables = null, messages = null, expected } = testCase.body;
  return {
    itemId: id,
    instructions: queue.instructions,
    variables,
    messages,
    ...(expected !== undefined && { expected }),
    output: outcome.output,
    ...(outcome.toolCalls !== undefined && { toolCalls: outcome.toolCalls }),
  };
}
