import { AppError } from "@assay/core";
import type { JudgeVersion } from "@assay/evaluator";
import { findPromptBySlug, findPromptVersion, newestPromptVersionNumbers, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";

/**
 * The version that a judge's name means: the one it names, or the prompt's newest.
 * @throws AppError `not_found`, `scope_missing`
 */
export async function resolveJudge(
  context: Context,
  tx: TenantTx,
  { prompt: slug, version }: { prompt: string; version: number | null },
): Promise<JudgeVersion> {
  requirePromptAccess(context, slug);
  const prompt = await findPromptBySlug(tx, slug);
  const number =
    prompt === undefined
      ? undefined
      : (version ?? (await newestPromptVersionNumbers(tx, [prompt.id])).get(prompt.id));
  const row = prompt && number !== undefined ? await findPromptVersion(tx, prompt.id, number) : undefined;
  if (row !== undefined) return { prompt: slug, version: row.version };
  const name = version === null ? slug : `${slug}@${version}`;
  const message = `There is no judge "${name}". Add a prompt of that name, or install the usual one: assay judges install`;
  throw new AppError("not_found", message);
}
