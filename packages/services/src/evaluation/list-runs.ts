import { notFound, type Page, type Run } from "@assay/core";
import { findSuiteBySlug, listRunRows, type TenantTx } from "@assay/store";
import { visiblePromptIds } from "../confinement.ts";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { viewRuns } from "./run-view.ts";

/** Newest first; a confined key sees the runs of its own prompts. */
export async function listRuns(context: Context, input: VerbInput<"listRuns">): Promise<Page<Run>> {
  return await context.tenant.read(async (tx) => {
    const rows = await listRunRows(tx, {
      ...(input.suite !== undefined && { suiteId: await suiteIdOf(tx, input.suite) }),
      ...(input.status !== undefined && { statuses: [input.status] }),
      promptIds:
        input.prompt === undefined
          ? await visiblePromptIds(context, tx)
          : [(await findPrompt(context, tx, input.prompt)).id],
      ...keysetOf(input),
    });
    const page = pageOfRows({ query: input, rows, toItem: (row) => row, cursorOf: (row) => row.id });
    return { items: await viewRuns(tx, page.items), nextCursor: page.nextCursor };
  });
}

async function suiteIdOf(tx: TenantTx, slug: string): Promise<string> {
  const suite = await findSuiteBySlug(tx, slug);
  if (suite === undefined) throw notFound("suite");
  return suite.id;
}
