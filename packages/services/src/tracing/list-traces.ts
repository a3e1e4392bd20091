import { AppError, LIMITS, notFound, type Page, type Trace } from "@assay/core";
import { findPromptVersion, listTraceRows, type TenantTx, type TraceFilter } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { encodeCursor, keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewTraces } from "./trace-view.ts";

/**
 * Newest first; a key confined to prompts sees the requests to its own. A page that looked at as many traces as it may
 * goes on where it stopped, however few it shows.
 */
export async function listTraces(context: Context, input: VerbInput<"listTraces">): Promise<Page<Trace>> {
  const now = context.platform.now();
  return await context.tenant.read(async (tx) => {
    const { rows, scannedTo } = await listTraceRows(tx, {
      filter: await filterOf(context, tx, input),
      now,
      scannedMax: LIMITS.tracesScannedPerPageMax,
      ...keysetOf(input),
    });
    const page = pageOfRows({ query: input, rows, toItem: (row) => row, cursorOf: (row) => row.id });
    const nextCursor = page.nextCursor ?? (scannedTo === null ? null : encodeCursor(scannedTo));
    return { items: await viewTraces(tx, page.items, now), nextCursor };
  });
}

async function filterOf(
  context: Context,
  tx: TenantTx,
  input: VerbInput<"listTraces">,
): Promise<TraceFilter> {
  return {
    ...(await promptFilter(context, tx, input)),
    label: input.label,
    status: input.status,
    source: input.source,
    since: input.since === undefined ? undefined : new Date(input.since),
    until: input.until === undefined ? undefined : new Date(input.until),
    hasContent: input.hasContent === undefined ? undefined : input.hasContent === "true",
    hasFeedback: input.hasFeedback === undefined ? undefined : input.hasFeedback === "true",
    minScore: input.minScore,
    maxScore: input.maxScore,
  };
}

async function promptFilter(
  context: Context,
  tx: TenantTx,
  { prompt, version }: VerbInput<"listTraces">,
): Promise<Pick<TraceFilter, "promptIds" | "promptVersionId">> {
  if (prompt === undefined) {
    if (version !== undefined)
      throw new AppError("invalid_input", "A version is one of a prompt: name the prompt as well.", {
        param: "version",
      });
    return { promptIds: await visiblePromptIds(context, tx) };
  }
  const { id } = await findPrompt(context, tx, prompt);
  if (version === undefined) return { promptIds: [id] };
  const row = await findPromptVersion(tx, id, version);
  if (row === undefined) throw notFound("version");
  return { promptIds: [id], promptVersionId: row.id };
}
