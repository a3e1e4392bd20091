import type { Feedback, Page } from "@assay/core";
import { listFeedbackRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { requireTrace } from "./get-trace.ts";
import { viewFeedback } from "./trace-view.ts";

/** Oldest first. */
export async function listFeedback(
  context: Context,
  input: VerbInput<"listFeedback">,
): Promise<Page<Feedback>> {
  const rows = await context.tenant.read(async (tx) => {
    const trace = await requireTrace(context, tx, input.traceId);
    return await listFeedbackRows(tx, trace.id, keysetOf(input));
  });
  return pageOfRows({ query: input, rows, toItem: viewFeedback, cursorOf: (row) => row.id });
}
