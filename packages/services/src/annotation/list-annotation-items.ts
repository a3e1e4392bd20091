import type { AnnotationItem, Page } from "@assay/core";
import { listAnnotatedResults, listLabelsOfSubjects } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { findQueue } from "./find-queue.ts";
import { viewLabel } from "./label-annotation.ts";
import { labelsBySubject } from "./subject-labels.ts";

/** In the order they were added. */
export async function listAnnotationItems(
  context: Context,
  input: VerbInput<"listAnnotationItems">,
): Promise<Page<AnnotationItem>> {
  return await context.tenant.read(async (tx) => {
    const queue = await findQueue(context, tx, { slug: input.queue });
    const rows = await listAnnotatedResults(tx, { queueId: queue.id, ...keysetOf(input) });
    const subjects = [...new Set(rows.map(({ item }) => item.subjectSha256))];
    const labels = labelsBySubject(await listLabelsOfSubjects(tx, subjects));
    return pageOfRows({
      query: input,
      rows,
      toItem: ({ item, caseKey }) => {
        const given = labels.get(item.subjectSha256) ?? [];
        const isComplete = given.length >= queue.labelsPerItem;
        return {
          id: item.id,
          runId: item.runId,
          caseKey,
          repeat: item.repeat,
          isRepresentative: item.isRepresentative,
          judgePassed: isComplete ? item.judgePassed : null,
          labels: isComplete ? given.map(viewLabel) : null,
          createdAt: item.createdAt.toISOString(),
        };
      },
      cursorOf: ({ item }) => item.id,
    });
  });
}
