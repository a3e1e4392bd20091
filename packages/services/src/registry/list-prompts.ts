import type { Page, Prompt } from "@assay/core";
import { listPromptRows, newestPromptVersionNumbers } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { promptOf } from "./prompt-of.ts";

/** Prompts of the tenant by slug; a confined key sees only its own. */
export async function listPrompts(context: Context, query: VerbInput<"listPrompts">): Promise<Page<Prompt>> {
  const page = {
    ...keysetOf(query),
    slugs: context.caller.prompts,
    isJudge: query.judges === undefined ? undefined : query.judges === "true",
  };
  return await context.tenant.read(async (tx) => {
    const rows = await listPromptRows(tx, page);
    const newest = await newestPromptVersionNumbers(
      tx,
      rows.map((row) => row.id),
    );
    return pageOfRows({
      query,
      rows,
      toItem: (row) => promptOf(row, newest.get(row.id)),
      cursorOf: (row) => row.slug,
    });
  });
}
