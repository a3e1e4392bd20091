import type { Kit } from "../kit.ts";
import type { EvaluationTables } from "./evaluation-tables.ts";
import type { PlatformTables } from "./platform-tables.ts";
import type { RegistryTables } from "./registry-tables.ts";
import { tenantColumn } from "./tenant-column.ts";

/** Queues of outputs that people label, and the labels that judges are held against. */
export function defineAnnotationTables(
  k: Kit,
  { tenants }: PlatformTables,
  { prompts, runs }: Pick<RegistryTables, "prompts"> & Pick<EvaluationTables, "runs">,
) {
  const tenantId = () => tenantColumn(k, tenants);

  const annotationQueues = k.table(
    "annotation_queues",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      slug: k.text("slug").notNull(),
      /** Whose runs are labelled; a key confined to other prompts sees nothing of it. */
      promptId: k.text("prompt_id").notNull(),
      /** What people are asked about each output. */
      instructions: k.text("instructions").notNull(),
      /** The metric of the runs whose judge the labels check; null where they check none. */
      metric: k.text("metric"),
      labelsPerItem: k.int("labels_per_item").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("annotation_queues_slug").on(t.tenantId, t.slug),
      k.foreignKey({
        name: "annotation_queues_prompt_fk",
        columns: [t.tenantId, t.promptId],
        foreignColumns: [prompts.tenantId, prompts.id],
      }),
      ...k.tenantPolicy("annotation_queues", t.tenantId),
    ],
  );

  const annotationItems = k.table(
    "annotation_items",
    {
      tenantId: tenantId(),
      id: k.text("id").notNull(),
      queueId: k.text("queue_id").notNull(),
      runId: k.text("run_id").notNull(),
      position: k.int("position").notNull(),
      repeat: k.int("repeat").notNull(),
      /** SHA-256 of case, output and question: labels of the same subject hold for every judge of it. */
      subjectSha256: k.text("subject_sha256").notNull(),
      /**
       * SHA-256 of the judge that scored it: its prompt version, model, adapter, engine build and options. Null, as what
       * it said, where the queue checks no judge.
       */
      judgeSha256: k.text("judge_sha256"),
      judgePassed: k.bool("judge_passed"),
      /** Drawn without looking at any verdict. Others are worth labelling, but say nothing about agreement at large. */
      isRepresentative: k.bool("is_representative").notNull(),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.id] }),
      k.uniqueIndex("annotation_items_result").on(t.tenantId, t.queueId, t.runId, t.position, t.repeat),
      k.index("annotation_items_judge").on(t.tenantId, t.judgeSha256),
      k.index("annotation_items_subject").on(t.tenantId, t.subjectSha256),
      k
        .foreignKey({
          name: "annotation_items_queue_fk",
          columns: [t.tenantId, t.queueId],
          foreignColumns: [annotationQueues.tenantId, annotationQueues.id],
        })
        .onDelete("cascade"),
      k.foreignKey({
        name: "annotation_items_run_fk",
        columns: [t.tenantId, t.runId],
        foreignColumns: [runs.tenantId, runs.id],
      }),
      ...k.tenantPolicy("annotation_items", t.tenantId),
    ],
  );

  /** One person's answer about one item; the primary key lets nobody answer twice. */
  const annotationLabels = k.table(
    "annotation_labels",
    {
      tenantId: tenantId(),
      itemId: k.text("item_id").notNull(),
      annotator: k.text("annotator").notNull(),
      passed: k.bool("passed").notNull(),
      comment: k.text("comment"),
      createdAt: k.time("created_at").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.tenantId, t.itemId, t.annotator] }),
      k
        .foreignKey({
          name: "annotation_labels_item_fk",
          columns: [t.tenantId, t.itemId],
          foreignColumns: [annotationItems.tenantId, annotationItems.id],
        })
        .onDelete("cascade"),
      ...k.tenantPolicy("annotation_labels", t.tenantId),
    ],
  );

  return { annotationQueues, annotationItems, annotationLabels };
}
