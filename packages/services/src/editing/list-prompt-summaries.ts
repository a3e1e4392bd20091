import { LIMITS, type Page, type PromptSummary } from "@assay/core";
import {
  findDraftTimes,
  listPromptRows,
  newestPromptVersions,
  type PromptRow,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { nameActors } from "../people/name-actors.ts";
import { viewLabels } from "../promotion/view-labels.ts";
import type { VerbInput } from "../verb.ts";

/** Prompts by slug, with what a list of them shows; a confined key sees only its own. */
export async function listPromptSummaries(
  context: Context,
  query: VerbInput<"listPromptSummaries">,
): Promise<Page<PromptSummary>> {
  const page = {
    ...keysetOf(query),
    slugs: context.caller.prompts,
    search: query.search,
    isJudge: query.judges === undefined ? undefined : query.judges === "true",
  };
  const { items, nextCursor } = await context.tenant.read(async (tx) => {
    const rows = await listPromptRows(tx, page);
    const { items: shown, nextCursor } = pageOfRows({
      query,
      rows,
      toItem: (row) => row,
      cursorOf: (row) => row.slug,
    });
    return { items: await summarize(context, tx, shown), nextCursor };
  });
  const named = await nameActors(
    context,
    items.map(({ newest }) => newest?.createdBy ?? null),
  );
  return {
    items: items.map(({ newest, ...rest }) => ({
      ...rest,
      newest: newest && { ...newest, createdBy: named(newest.createdBy) },
    })),
    nextCursor,
  };
}

type Newest = NonNullable<PromptSummary["newest"]>;
/** With the actor that nobody has named yet. */
type Unnamed = Omit<PromptSummary, "newest"> & {
  newest: (Omit<Newest, "createdBy"> & { createdBy: string | null }) | null;
};

async function summarize(context: Context, tx: TenantTx, rows: PromptRow[]): Promise<Unnamed[]> {
  const promptIds = rows.map(({ id }) => id);
  const newest = await newestPromptVersions(tx, promptIds);
  const drafts = await findDraftTimes(tx, { promptIds, actor: actorOf(context) });
  const items: Unnamed[] = [];
  for (const row of rows) {
    const version = newest.get(row.id);
    const draft = drafts.get(row.id);
    items.push({
      slug: row.slug,
      description: row.description,
      createdAt: row.createdAt.toISOString(),
      newest: version
        ? {
            version: version.version,
            note: version.note,
            createdBy: version.createdBy,
            createdAt: version.createdAt.toISOString(),
          }
        : null,
      ...(await viewLabels(context.platform, tx, { prompt: row, max: LIMITS.promptLabelsShownMax })),
      draft: draft ? { baseVersion: draft.baseVersion, updatedAt: draft.updatedAt.toISOString() } : null,
    });
  }
  return items;
}
