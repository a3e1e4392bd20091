import { type Attention, holdsScope, LIMITS } from "@assay/core";
import {
  type ChangeRequestRow,
  findGate,
  findPromptVersionById,
  listChangeRequestRows,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { barToApprove } from "../promotion/bar-to-approve.ts";
import { viewChanges } from "../promotion/change-view.ts";
import { cut, type Looked } from "./looked.ts";

/** How many open requests are looked at to find those that wait for this caller. */
const OPEN_MAX = 50;

/** Change requests that wait for the caller: to be approved, or, once approved, to be carried out. */
export async function listChangesToDecide(
  context: Context,
  tx: TenantTx,
  promptIds: readonly string[] | null,
): Promise<Looked> {
  if (!holdsScope(context.caller.scopes, "promote")) return { items: [], isPart: false };
  const open = await listChangeRequestRows(tx, { status: "open", promptIds, limit: OPEN_MAX });
  const approved = await listChangeRequestRows(tx, { status: "approved", promptIds, limit: OPEN_MAX });
  const { labels } = context.caller;
  const isReached = ({ label }: ChangeRequestRow) => labels === null || labels.includes(label);
  const waiting = approved.filter(isReached);
  for (const row of open.filter(isReached)) if (await mayDecide(context, tx, row)) waiting.push(row);
  const nextOf = new Map(waiting.map(({ id, status }) => [id, status === "open" ? "decide" : "promote"]));
  const views = await viewChanges(tx, waiting);
  const items = views.map(
    (change): Attention => ({
      kind: "change_request",
      changeId: change.id,
      prompt: change.prompt,
      label: change.label,
      version: change.toVersion,
      title: change.title,
      next: nextOf.get(change.id) === "decide" ? "decide" : "promote",
      createdAt: change.createdAt,
    }),
  );
  const shown = cut(items, LIMITS.overviewItemsMax);
  return { ...shown, isPart: shown.isPart || open.length === OPEN_MAX || approved.length === OPEN_MAX };
}

async function mayDecide(context: Context, tx: TenantTx, request: ChangeRequestRow): Promise<boolean> {
  const gate = await findGate(tx, { promptId: request.promptId, label: request.label });
  const version = await findPromptVersionById(tx, request.toVersionId);
  return (await barToApprove(context, tx, { request, gate, writtenBy: version?.createdBy ?? null })) === null;
}
