import type { AnnotationQueue } from "@assay/core";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue, viewQueue } from "./find-queue.ts";

export async function getAnnotationQueue(
  context: Context,
  { queue: slug }: VerbInput<"getAnnotationQueue">,
): Promise<AnnotationQueue> {
  return await context.tenant.read(async (tx) => viewQueue(tx, await findQueue(context, tx, { slug })));
}
