import { z } from "zod";
import { CaseTag } from "./case-names.ts";
import { ChatMessage, ToolCall } from "./chat.ts";
import { LIMITS } from "./limits.ts";
import { Id, JsonObject, Sha256, Slug, Timestamp } from "./names.ts";

const Metric = z.string().min(1).max(64);

/** Asks people about outputs: for what they say, and so that the judge of a metric can be held against them. */
export const AnnotationQueueDraft = z.strictObject({
  slug: Slug,
  /** Whose runs are labelled. */
  prompt: Slug,
  /** The metric of these runs whose judge the labels check; without one people's word stands for itself. */
  metric: Metric.nullable().default(null),
  /** What people are asked about each output; they answer that it passes or fails. */
  instructions: z.string().min(1).max(LIMITS.descriptionLengthMax),
  /** How many people label each output; two and more show how far people agree with each other. */
  labelsPerItem: z.number().int().min(1).max(LIMITS.annotatorsPerItemMax).default(1),
});
export type AnnotationQueueDraft = z.infer<typeof AnnotationQueueDraft>;

export const AnnotationQueue = z.object({
  id: Id,
  slug: Slug,
  prompt: Slug,
  metric: z.string().nullable(),
  instructions: z.string(),
  labelsPerItem: z.number().int(),
  /** Outputs in the queue. */
  items: z.number().int(),
  createdAt: Timestamp,
});
export type AnnotationQueue = z.infer<typeof AnnotationQueue>;

/**
 * Adds outputs of a finished run, where the queue checks a judge those that it has judged. `all` and a `sample` of it look at no verdict, so they
 * show how far judge and people agree. `disagreements` are the outputs where the judge and another metric differ: worth
 * reading, but left out of the agreement, which they would distort. `labelled` are outputs that people labelled before:
 * a judge that changed is measured on them at once.
 */
export const AnnotationFill = z.strictObject({
  run: Id,
  draw: z.enum(["all", "disagreements", "labelled"]).default("all"),
  /** Only cases with at least one of these tags; what was chosen so does not count for the agreement. */
  tags: z.array(CaseTag).min(1).max(20).optional(),
  /** So many outputs, by a chance that is the server's: always the first of one order, so that nobody draws again. */
  sample: z
    .strictObject({ outputs: z.number().int().min(1).max(LIMITS.annotationItemsPerQueueMax) })
    .optional(),
});
export type AnnotationFill = z.infer<typeof AnnotationFill>;

/** `unjudged`: cases without an output, or with one that the judge gave no verdict on, which nobody can be held against. */
export const FilledAnnotations = z.object({
  added: z.number().int(),
  alreadyThere: z.number().int(),
  unjudged: z.number().int(),
});
export type FilledAnnotations = z.infer<typeof FilledAnnotations>;

/** What an annotator sees: neither the judge's verdict nor other people's labels. */
export const AnnotationTask = z.object({
  itemId: Id,
  instructions: z.string(),
  variables: JsonObject.nullable(),
  messages: z.array(ChatMessage).nullable(),
  expected: z.json().optional(),
  output: z.string(),
  toolCalls: z.array(ToolCall).optional(),
});
export type AnnotationTask = z.infer<typeof AnnotationTask>;

const ITEM_ID = "ani_[0-9a-f]{32}";

export const NextAnnotationQuery = z.strictObject({
  /** Items that are not meant now, joined by commas: those that were passed over, or whose label is on its way. */
  except: z
    .string()
    .regex(
      new RegExp(`^${ITEM_ID}(?:,${ITEM_ID}){0,${LIMITS.annotationSkipsMax - 1}}$`),
      `name 1 to ${LIMITS.annotationSkipsMax} item ids, joined by commas`,
    )
    .optional(),
});

/** What the caller labels next; null where nothing is left but what was excepted. */
export const NextAnnotation = z.object({
  task: AnnotationTask.nullable(),
  /** Outputs that still wait for a label of this annotator, the task and the excepted ones included. */
  open: z.number().int(),
  /** Outputs of the queue that this annotator has labelled. */
  labelled: z.number().int(),
});
export type NextAnnotation = z.infer<typeof NextAnnotation>;

export const AnnotationLabelDraft = z.strictObject({
  passed: z.boolean(),
  comment: z.string().max(LIMITS.reasonLengthMax).optional(),
});

export const AnnotationLabel = z.object({
  annotator: z.string(),
  passed: z.boolean(),
  comment: z.string().nullable(),
  createdAt: Timestamp,
});
export type AnnotationLabel = z.infer<typeof AnnotationLabel>;

/** One output of a queue. Verdict and labels are null until it has all its labels, so that nobody is swayed. */
export const AnnotationItem = z.object({
  id: Id,
  runId: Id,
  caseKey: z.string(),
  repeat: z.number().int(),
  isRepresentative: z.boolean(),
  /** Null for good where the queue checks no judge. */
  judgePassed: z.boolean().nullable(),
  labels: z.array(AnnotationLabel).nullable(),
  createdAt: Timestamp,
});
export type AnnotationItem = z.infer<typeof AnnotationItem>;

/** Cohen's κ with its 95 % interval and the base rates without which it cannot be read; null where undefined. */
export const KappaView = z.object({
  kappa: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  agreement: z.number().nullable(),
  expectedAgreement: z.number().nullable(),
  n: z.number().int(),
});

/** What people say of a queue's outputs; an output counts once, when it has all its labels, by their majority. */
export const PeopleLabels = z.object({
  passed: z.number().int(),
  failed: z.number().int(),
  /** Outputs with as many labels for as against. */
  undecided: z.number().int(),
  /** Outputs that still wait for labels. */
  incomplete: z.number().int(),
  /** Of the decided ones, with its 95 % interval; null without any. */
  passRate: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  /** Of two labels for each output that has as many. */
  amongPeople: KappaView,
});
export type PeopleLabels = z.infer<typeof PeopleLabels>;

/** How far one judge, as it was at one time, agrees with people. */
export const JudgeAgreement = z.object({
  /** Of the judge: prompt version, model, adapter, engine build and options. */
  judgeSha256: Sha256,
  judge: z.string(),
  judgeAndPeople: KappaView.extend({
    judgePassRate: z.number().nullable(),
    humanPassRate: z.number().nullable(),
  }),
  /** Of two labels for each output that has as many. */
  amongPeople: KappaView,
  /** Outputs that still wait for labels. */
  incomplete: z.number().int(),
  /** Outputs with as many labels for as against. */
  undecided: z.number().int(),
  /** Outputs that nobody labelled but the author of the judge's prompt, whose labels do not count. */
  byAuthorOnly: z.number().int(),
  /** Outputs drawn for what the judge said of them; they do not count. */
  notRepresentative: z.number().int(),
});
export type JudgeAgreement = z.infer<typeof JudgeAgreement>;

export const QueueAgreement = z.object({
  people: PeopleLabels,
  /** Each judge that the queue knows, the newest first; none where it checks none. */
  items: z.array(JudgeAgreement),
});
export type QueueAgreement = z.infer<typeof QueueAgreement>;
