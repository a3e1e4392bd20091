import { type AnnotationQueue, LIMITS } from "@assay/core";
import { countAnnotationQueues, insertAnnotationQueue } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { viewQueue } from "./find-queue.ts";

/** @throws AppError `not_found` for the prompt, `scope_missing`, `conflict` */
export async function createAnnotationQueue(
  context: Context,
  { prompt: promptSlug, ...draft }: VerbInput<"createAnnotationQueue">,
): Promise<AnnotationQueue> {
  return await context.tenant.write(async (tx) => {
    const prompt = await findPrompt(context, tx, promptSlug);
    const count = await countAnnotationQueues(tx);
    requireRoom("annotation queues", { count, max: LIMITS.annotationQueuesPerTenantMax });
    const createdAt = context.platform.now();
    const row = await insertAnnotationQueue(tx, { ...draft, promptId: prompt.id, createdAt });
    await tx.audit({
      actor: actorOf(context),
      action: "annotation_queue.create",
      object: row.slug,
      details: { prompt: promptSlug, metric: row.metric, labelsPerItem: row.labelsPerItem },
    });
    return await viewQueue(tx, row);
  });
}
