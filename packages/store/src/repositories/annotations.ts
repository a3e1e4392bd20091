import type { EvidenceHashes } from "@assay/core";
import { and, asc, desc, eq, gt, type InferSelectModel, inArray, isNotNull, max, or } from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type AnnotationQueueRow = InferSelectModel<Schema["annotationQueues"]>;
export type AnnotationItemRow = InferSelectModel<Schema["annotationItems"]>;
export type AnnotationLabelRow = InferSelectModel<Schema["annotationLabels"]>;

/** So few parameters that both databases take them in one statement. */
const IDS_PER_STATEMENT = 1_000;

export async function insertAnnotationQueue(
  tx: TenantTx,
  draft: Omit<AnnotationQueueRow, "tenantId" | "id">,
): Promise<AnnotationQueueRow> {
  const row = { id: newId("annotationQueue"), ...draft };
  const message = `An annotation queue "${draft.slug}" already exists.`;
  return await tx.insert(tx.tables.annotationQueues, row, message);
}

export async function countAnnotationQueues(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.annotationQueues);
}

export async function findAnnotationQueue(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<AnnotationQueueRow | undefined> {
  const { annotationQueues } = tx.tables;
  return await tx.find(annotationQueues, eq(annotationQueues.slug, slug), lock);
}

/** By slug; `promptIds` confines the list to queues of those prompts, null does not. */
export async function listAnnotationQueueRows(
  tx: TenantTx,
  page: { after?: string; limit: number; promptIds: readonly string[] | null },
): Promise<AnnotationQueueRow[]> {
  const { annotationQueues } = tx.tables;
  const where = and(
    page.after === undefined ? undefined : gt(annotationQueues.slug, page.after),
    page.promptIds === null ? undefined : inArray(annotationQueues.promptId, [...page.promptIds]),
  );
  return await tx.select(annotationQueues, {
    where,
    orderBy: [asc(annotationQueues.slug)],
    limit: page.limit,
  });
}

/** Adds items; a result that the queue has already is left as it is. Answers how many were added. */
export async function addAnnotationItems(
  tx: TenantTx,
  items: readonly Omit<AnnotationItemRow, "tenantId" | "id">[],
): Promise<number> {
  const rows = items.map((item) => ({ id: newId("annotationItem"), ...item }));
  return await tx.insertManyIfAbsent(tx.tables.annotationItems, rows);
}

/** Every item of a queue; there are no more than a queue may have. */
export async function listItemsOfQueue(tx: TenantTx, queueId: string): Promise<AnnotationItemRow[]> {
  const { annotationItems } = tx.tables;
  return await tx.select(annotationItems, {
    where: eq(annotationItems.queueId, queueId),
    orderBy: [asc(annotationItems.id)],
  });
}

/** Which of a judge's verdicts are meant: on outputs of this prompt and, where they are named, on all of these cases. */
export interface JudgedOutputs {
  judgeSha256: string;
  promptId: string;
  /** Of their content. */
  datasetSha256?: string;
}

/** What one judge has said of such outputs in any queue, oldest first. */
export async function listItemsOfJudge(
  tx: TenantTx,
  judged: JudgedOutputs,
  limit: number,
): Promise<AnnotationItemRow[]> {
  const { annotationItems } = tx.tables;
  const found: AnnotationItemRow[] = [];
  const runIds = await runsOfJudge(tx, judged);
  // Ids rise with time: batches of runs in order, so that a limit leaves out the youngest runs.
  for (let start = 0; start < runIds.length && found.length < limit; start += IDS_PER_STATEMENT) {
    const some = runIds.slice(start, start + IDS_PER_STATEMENT);
    const where = and(
      eq(annotationItems.judgeSha256, judged.judgeSha256),
      inArray(annotationItems.runId, some),
    );
    const orderBy = [asc(annotationItems.id)];
    found.push(...(await tx.select(annotationItems, { where, orderBy, limit: limit - found.length })));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The runs with such an output in a queue, in the order of their ids. */
async function runsOfJudge(
  tx: TenantTx,
  { judgeSha256, promptId, datasetSha256 }: JudgedOutputs,
): Promise<string[]> {
  const { annotationItems, runs, suiteVersions } = tx.tables;
  const rows = await tx.aggregate(annotationItems, {
    columns: { runId: annotationItems.runId },
    where: eq(annotationItems.judgeSha256, judgeSha256),
    groupBy: [annotationItems.runId],
    orderBy: [asc(annotationItems.runId)],
  });
  const ids = rows.map(({ runId }) => String(runId));
  const found: string[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT) {
    const ofRuns = await tx.selectJoined(
      { left: runs, right: suiteVersions, on: eq(suiteVersions.id, runs.suiteVersionId) },
      {
        where: and(
          inArray(runs.id, ids.slice(start, start + IDS_PER_STATEMENT)),
          eq(suiteVersions.promptId, promptId),
        ),
        orderBy: [asc(runs.id)],
      },
    );
    const isMeant = ({ hashes }: { hashes: EvidenceHashes }) =>
      datasetSha256 === undefined || (hashes.dataset === datasetSha256 && hashes.selection === null);
    found.push(...ofRuns.filter(isMeant).map(({ id }) => id));
  }
  return found;
}

export async function countAnnotationItems(tx: TenantTx, queueId: string): Promise<number> {
  return await tx.count(tx.tables.annotationItems, eq(tx.tables.annotationItems.queueId, queueId));
}

/** How many labels each output needs, by the queue's id. */
export async function labelsPerItemOfQueues(
  tx: TenantTx,
  queueIds: readonly string[],
): Promise<Map<string, number>> {
  if (queueIds.length === 0) return new Map();
  const { annotationQueues } = tx.tables;
  const rows = await tx.select(annotationQueues, { where: inArray(annotationQueues.id, [...queueIds]) });
  return new Map(rows.map(({ id, labelsPerItem }) => [id, labelsPerItem]));
}

/** Judges with an item in the queue, the one with the newest item first. */
export async function listJudgesOfQueue(
  tx: TenantTx,
  { queueId, limit }: { queueId: string; limit: number },
): Promise<{ judgeSha256: string; newestItemId: string }[]> {
  const { annotationItems } = tx.tables;
  const rows = await tx.aggregate(annotationItems, {
    columns: { judge: annotationItems.judgeSha256, newest: max(annotationItems.id) },
    where: and(eq(annotationItems.queueId, queueId), isNotNull(annotationItems.judgeSha256)),
    groupBy: [annotationItems.judgeSha256],
    orderBy: [desc(max(annotationItems.id))],
  });
  return rows
    .slice(0, limit)
    .map(({ judge, newest }) => ({ judgeSha256: String(judge), newestItemId: String(newest) }));
}

export async function findAnnotationItem(
  tx: TenantTx,
  queueId: string,
  itemId: string,
): Promise<AnnotationItemRow | undefined> {
  const { annotationItems } = tx.tables;
  const where = and(eq(annotationItems.queueId, queueId), eq(annotationItems.id, itemId));
  const [row] = await tx.select(annotationItems, { where, limit: 1 });
  return row;
}

/** Items of a queue in the order they were added, each with the result that it is about. */
export async function listAnnotatedResults(
  tx: TenantTx,
  { queueId, after, limit }: { queueId: string; after?: string; limit: number },
): Promise<{ item: AnnotationItemRow; caseKey: string }[]> {
  const { annotationItems, results } = tx.tables;
  const items = await tx.select(annotationItems, {
    where: and(
      eq(annotationItems.queueId, queueId),
      after === undefined ? undefined : gt(annotationItems.id, after),
    ),
    orderBy: [asc(annotationItems.id)],
    limit,
  });
  if (items.length === 0) return [];
  const { runId, position, repeat, caseKey } = results;
  const rows = await tx.aggregate(results, {
    columns: { runId, position, repeat, caseKey },
    where: or(
      ...items.map((item) =>
        and(eq(runId, item.runId), eq(position, item.position), eq(repeat, item.repeat)),
      ),
    ),
  });
  const keys = new Map(
    rows.map((row) => [JSON.stringify([row.runId, row.position, row.repeat]), row.caseKey]),
  );
  return items.flatMap((item) => {
    const key = keys.get(JSON.stringify([item.runId, item.position, item.repeat]));
    return key === undefined ? [] : [{ item, caseKey: String(key) }];
  });
}

/** A label with what it is about: labels of the same subject say the same of every item of it. */
export type SubjectLabel = AnnotationLabelRow & { subjectSha256: string };

/** Every label that these subjects have in any queue. */
export async function listLabelsOfSubjects(
  tx: TenantTx,
  subjects: readonly string[],
): Promise<SubjectLabel[]> {
  const { annotationItems } = tx.tables;
  const found: SubjectLabel[] = [];
  for (let start = 0; start < subjects.length; start += IDS_PER_STATEMENT) {
    const some = subjects.slice(start, start + IDS_PER_STATEMENT);
    found.push(...(await joinLabels(tx, inArray(annotationItems.subjectSha256, some))));
  }
  return found;
}

/** The same for all items of one queue. */
export async function listLabelsOfQueue(tx: TenantTx, queueId: string): Promise<SubjectLabel[]> {
  return await joinLabels(tx, eq(tx.tables.annotationItems.queueId, queueId));
}

async function joinLabels(tx: TenantTx, where: ReturnType<typeof eq>): Promise<SubjectLabel[]> {
  const { annotationItems, annotationLabels } = tx.tables;
  const rows = await tx.join(
    { left: annotationItems, right: annotationLabels, on: eq(annotationLabels.itemId, annotationItems.id) },
    { where, orderBy: [asc(annotationLabels.itemId), asc(annotationLabels.annotator)] },
  );
  return rows.map(({ left, right }) => ({ ...right, subjectSha256: left.subjectSha256 }));
}

export async function insertAnnotationLabel(
  tx: TenantTx,
  row: Omit<AnnotationLabelRow, "tenantId">,
): Promise<AnnotationLabelRow> {
  return await tx.insert(tx.tables.annotationLabels, row, "You have labelled this output already.");
}

/** Queues by what their labels check. */
export async function listQueuesOfPrompts(
  tx: TenantTx,
  promptIds: readonly string[],
): Promise<AnnotationQueueRow[]> {
  if (promptIds.length === 0) return [];
  const { annotationQueues } = tx.tables;
  return await tx.select(annotationQueues, {
    where: inArray(annotationQueues.promptId, [...promptIds]),
    orderBy: [asc(annotationQueues.slug)],
  });
}
