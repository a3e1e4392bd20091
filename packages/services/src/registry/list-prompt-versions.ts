import type { Page, PromptVersion } from "@assay/core";
import { listPromptVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import { numericKeysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { findPrompt } from "./find-prompt.ts";
import { promptVersionOf } from "./prompt-of.ts";

/** Versions of a prompt, newest first. */
export async function listPromptVersions(
  context: Context,
  { prompt, ...query }: VerbInput<"listPromptVersions">,
): Promise<Page<PromptVersion>> {
  const page = numericKeysetOf(query);
  const { rows, isCut } = await context.tenant.read(async (tx) => {
    const { id } = await findPrompt(context, tx, prompt);
    return await listPromptVersionRows(tx, id, page);
  });
  return pageOfRows({
    query,
    rows,
    isCut,
    toItem: (row) => promptVersionOf(row, prompt),
    cursorOf: (row) => row.version,
  });
}
