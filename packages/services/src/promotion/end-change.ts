import { AppError, type ChangeRequest, type ChangeStatus } from "@assay/core";
import { type ChangeRequestRow, type TenantTx, updateChangeRequest } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { viewChange } from "./change-view.ts";
import { lockChange } from "./find-change.ts";

/** @throws AppError `conflict` for a request that has ended. */
export function requireLive(request: ChangeRequestRow): void {
  if (request.status === "open" || request.status === "approved") return;
  const ended = request.status.replace("_", " ");
  throw new AppError(
    "conflict",
    `The change request ${request.id} was ${ended} already. Propose the move anew.`,
    {
      status: request.status,
    },
  );
}

interface Ending {
  changeId: string;
  status: Extract<ChangeStatus, "rejected" | "withdrawn">;
  action: string;
  reason: string;
  require(request: ChangeRequestRow): void;
}

/** Ends a request without a move, open or approved. */
export async function endChange(context: Context, ending: Ending): Promise<ChangeRequest> {
  return await context.tenant.write(async (tx: TenantTx) => {
    const { request, prompt } = await lockChange(context, tx, ending.changeId);
    ending.require(request);
    requireLive(request);
    const ended = await updateChangeRequest(tx, request.id, {
      status: ending.status,
      decidedBy: actorOf(context),
      decisionReason: ending.reason,
      decidedAt: context.platform.now(),
    });
    await tx.audit({
      actor: actorOf(context),
      action: ending.action,
      object: `${prompt.slug}@${request.label}`,
      details: { changeId: request.id, reason: ending.reason },
    });
    return await viewChange(tx, ended);
  });
}
