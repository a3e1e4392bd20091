import { notFound, type Run } from "@assay/core";
import { findRun, findVersionNames, type RunRow, type TenantTx } from "@assay/store";
import { requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { viewRun } from "./run-view.ts";

export async function getRun(context: Context, { runId }: VerbInput<"getRun">): Promise<Run> {
  return await context.tenant.read(async (tx) => viewRun(tx, await requireRun(context, tx, runId)));
}

/** @throws AppError `not_found`; `scope_missing` for a run of a prompt that the key is not confined to. */
export async function requireRun(context: Context, tx: TenantTx, runId: string): Promise<RunRow> {
  const row = await findRun(tx, runId);
  if (row === undefined) throw notFound("run");
  if (context.caller.prompts === null) return row;
  const names = await findVersionNames(tx, [row.promptVersionId]);
  requirePromptAccess(context, names.get(row.promptVersionId)?.prompt ?? "");
  return row;
}
