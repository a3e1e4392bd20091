import { notFound, type Page, type Run } from "@assay/core";
import { findPromptBySlug, findSuiteBySlug, listPromptRows, listRunRows, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { viewRuns } from "./run-view.ts";

/** Newest first; a confined key sees the runs of its own prompts. */
export async function listRuns(context: Context, input: VerbInput<"listRuns">): Promise<Page<Run>> {
  return await context.tenant.read(async (tx) => {
    const rows = await listRunRows(tx, {
      ...(input.suite !== undefined && { suiteId: await suiteIdOf(tx, input.suite) }),
      ...(input.status !== undefined && { statuses: [input.status] }),
      promptIds: await askedPromptIds(context, tx, input.prompt),
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

/** @throws AppError `not_found`, and `scope_missing` for a prompt that the key is not confined to. */
async function askedPromptIds(
  context: Context,
  tx: TenantTx,
  slug: string | undefined,
): Promise<string[] | null> {
  if (slug === undefined) return await visiblePromptIds(context, tx);
  requirePromptAccess(context, slug);
  const prompt = await findPromptBySlug(tx, slug);
  if (prompt === undefined) throw notFound("prompt");
  return [prompt.id];
}

async function visiblePromptIds({ caller }: Context, tx: TenantTx): Promise<string[] | null> {
  if (caller.prompts === null) return null;
  const rows = await listPromptRows(tx, { slugs: caller.prompts, limit: caller.prompts.length });
  return rows.map((row) => row.id);
}
