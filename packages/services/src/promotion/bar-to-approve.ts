import { type ChangeRequestDetails, holdsScope } from "@assay/core";
import type { ChangeRequestRow, GateInForce, TenantTx } from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { isSameHand } from "./key-line.ts";

interface Decision {
  request: ChangeRequestRow;
  gate: GateInForce | undefined;
  writtenBy: string | null;
}

/** What keeps the caller from approving a request, besides its gate; null when nothing does. */
export async function barToApprove(
  context: Context,
  tx: TenantTx,
  { request, gate, writtenBy }: Decision,
): Promise<ChangeRequestDetails["barToApprove"]> {
  if (!holdsScope(context.caller.scopes, "promote")) return "scope";
  if (gate?.suiteVersion.spec.gate?.approval?.byOther !== true) return null;
  for (const actor of [request.proposedBy, writtenBy]) {
    if (actor !== null && (await isSameHand(tx, actorOf(context), actor))) return "own";
  }
  return null;
}
