import { type AnnotationLabel, AppError, notFound } from "@assay/core";
import {
  type AnnotationLabelRow,
  findAnnotationItem,
  insertAnnotationLabel,
  listLabelsOfQueue,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { labelsBySubject } from "./subject-labels.ts";

/**
 * Labels an output. The audit entry does not say how: other annotators may read it before they label.
 * @throws AppError `not_found`; `conflict` for an output that the caller labelled before or that has all its labels
 */
export async function labelAnnotation(
  context: Context,
  { queue: slug, itemId, passed, comment }: VerbInput<"labelAnnotation">,
): Promise<AnnotationLabel> {
  const annotator = actorOf(context);
  return await context.tenant.write(async (tx) => {
    // Locked: two annotators at once must not both give the last label.
    const queue = await findQueue(context, tx, { slug, lock: true });
    const item = await findAnnotationItem(tx, queue.id, itemId);
    if (item === undefined) throw notFound("annotation item");
    const given = labelsBySubject(await listLabelsOfQueue(tx, queue.id)).get(item.subjectSha256) ?? [];
    if (given.some((label) => label.annotator === annotator)) {
      throw new AppError("conflict", "You have labelled this output already. Ask for the next one.");
    }
    if (given.length >= queue.labelsPerItem) {
      throw new AppError("conflict", "This output has all its labels. Ask for the next one.");
    }
    const row = await insertAnnotationLabel(tx, {
      itemId: item.id,
      annotator,
      passed,
      comment: comment ?? null,
      createdAt: context.platform.now(),
    });
    await tx.audit({
      actor: annotator,
      action: "annotation.label",
      object: item.id,
      details: { queue: slug },
    });
    return viewLabel(row);
  });
}

export function viewLabel({ annotator, passed, comment, createdAt }: AnnotationLabelRow): AnnotationLabel {
  return { annotator, passed, comment, createdAt: createdAt.toISOString() };
}
