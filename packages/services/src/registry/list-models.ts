import { AppError, type Model, type Page } from "@assay/core";
import {
  connectionSlugs,
  listModelRows,
  listUsableSharedModels,
  type ModelRow,
  type SharedModelRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { type Keyset, keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { ownModelOf, sharedModelOf } from "./model-of.ts";

type Listed = { ownership: "tenant"; row: ModelRow } | { ownership: "shared"; row: SharedModelRow };

/** The tenant's own models by slug, then the shared ones by slug. */
export async function listModels(context: Context, query: VerbInput<"listModels">): Promise<Page<Model>> {
  const page = keysetOf(query);
  return await context.tenant.read(async (tx) => {
    const rows = await listOwnThenShared(tx, page);
    const slugs = await connectionSlugs(
      tx,
      rows.flatMap(({ ownership, row }) =>
        ownership === "tenant" && row.connectionId !== null ? [row.connectionId] : [],
      ),
    );
    return pageOfRows({
      query,
      rows,
      toItem: (listed) =>
        listed.ownership === "tenant" ? ownModelOf(listed.row, slugs) : sharedModelOf(listed.row),
      cursorOf: ({ ownership, row }) => `${ownership}:${row.slug}`,
    });
  });
}

async function listOwnThenShared(tx: TenantTx, page: Keyset<string>): Promise<Listed[]> {
  const { ownership, slug } = placeOf(page.after);
  const own = ownership === "shared" ? [] : await listModelRows(tx, { ...from(slug), limit: page.limit });
  const limit = page.limit - own.length;
  const shared =
    limit === 0
      ? []
      : await listUsableSharedModels(tx, { ...from(ownership === "shared" ? slug : undefined), limit });
  return [
    ...own.map((row) => ({ ownership: "tenant" as const, row })),
    ...shared.map((row) => ({ ownership: "shared" as const, row })),
  ];
}

function from(after: string | undefined): { after?: string } {
  return after === undefined ? {} : { after };
}

function placeOf(after: string | undefined): { ownership: Listed["ownership"]; slug: string | undefined } {
  if (after === undefined) return { ownership: "tenant", slug: undefined };
  const [ownership, slug] = after.split(":");
  if ((ownership !== "tenant" && ownership !== "shared") || slug === undefined) {
    throw new AppError("invalid_input", "The cursor is not one that this list returned.", {
      param: "cursor",
    });
  }
  return { ownership, slug };
}
