import type { AnnotationQueue, Page } from "@assay/core";
import { listAnnotationQueueRows } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { viewQueue } from "./find-queue.ts";

/** By slug; a confined key sees the queues of its own prompts. */
export async function listAnnotationQueues(
  context: Context,
  input: VerbInput<"listAnnotationQueues">,
): Promise<Page<AnnotationQueue>> {
  return await context.tenant.read(async (tx) => {
    const promptIds = await visiblePromptIds(context, tx);
    const rows = await listAnnotationQueueRows(tx, { ...keysetOf(input), promptIds });
    const page = pageOfRows({ query: input, rows, toItem: (row) => row, cursorOf: ({ slug }) => slug });
    const items: AnnotationQueue[] = [];
    for (const row of page.items) items.push(await viewQueue(tx, row));
    return { items, nextCursor: page.nextCursor };
  });
}
