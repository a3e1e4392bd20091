import { type AnnotationQueue, invariant, notFound } from "@assay/core";
import {
  type AnnotationQueueRow,
  countAnnotationItems,
  findAnnotationQueue,
  findPromptById,
  type TenantTx,
} from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";

/**
 * A queue that this key may touch.
 * @param lock hold its row until the commit.
 * @throws AppError `not_found`; `scope_missing` for a queue of a prompt that the key is not confined to.
 */
export async function findQueue(
  context: Context,
  tx: TenantTx,
  { slug, lock = false }: { slug: string; lock?: boolean },
): Promise<AnnotationQueueRow> {
  const row = await findAnnotationQueue(tx, slug, lock);
  if (row === undefined) throw notFound("annotation queue");
  requirePromptAccess(context, await promptOf(tx, row));
  return row;
}

export async function viewQueue(tx: TenantTx, row: AnnotationQueueRow): Promise<AnnotationQueue> {
  const { id, slug, metric, instructions, labelsPerItem, createdAt } = row;
  return {
    id,
    slug,
    prompt: await promptOf(tx, row),
    metric,
    instructions,
    labelsPerItem,
    items: await countAnnotationItems(tx, id),
    createdAt: createdAt.toISOString(),
  };
}

async function promptOf(tx: TenantTx, { promptId }: AnnotationQueueRow): Promise<string> {
  const prompt = await findPromptById(tx, promptId);
  invariant(prompt !== undefined, "a queue's prompt cannot be removed");
  return prompt.slug;
}
