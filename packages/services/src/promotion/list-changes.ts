import type { ChangeRequest, Page } from "@assay/core";
import { findPrompts, listChangeRequestRows, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { viewChanges } from "./change-view.ts";

type Query = VerbInput<"listChanges">;

/** Newest first; a key confined to prompts sees those of its own. */
export async function listChanges(context: Context, query: Query): Promise<Page<ChangeRequest>> {
  return await context.tenant.read(async (tx) => {
    const promptIds = await promptsAskedFor(context, tx, query);
    const wanted = { status: query.status, promptIds, ...keysetOf(query) };
    const rows = await listChangeRequestRows(tx, wanted);
    const page = pageOfRows({ query, rows, toItem: (row) => row, cursorOf: (row) => row.id });
    return { items: await viewChanges(tx, page.items), nextCursor: page.nextCursor };
  });
}

/** Null for every prompt of the tenant. A prompt that there is not has no change requests. */
async function promptsAskedFor(context: Context, tx: TenantTx, query: Query): Promise<string[] | null> {
  if (query.prompt !== undefined) requirePromptAccess(context, query.prompt);
  const slugs = query.prompt === undefined ? context.caller.prompts : [query.prompt];
  return slugs === null ? null : [...(await findPrompts(tx, { slugs })).keys()];
}
