import { JUDGE_PROMPT_PREFIX } from "@assay/core";
import { type SQL, type SQLWrapper, sql } from "../drizzle.ts";

/** Only prompts of judges, or only the others: told by their names, as everywhere. */
export function whereIsJudge(slug: SQLWrapper, isJudge: boolean | undefined): SQL | undefined {
  if (isJudge === undefined) return undefined;
  const pattern = `${JUDGE_PROMPT_PREFIX}%`;
  return isJudge ? sql`${slug} like ${pattern}` : sql`${slug} not like ${pattern}`;
}
