import { STALE_APPROVALS, type StaleApproval, type VerdictClause } from "@assay/core";
import {
  type ChangeRequestRow,
  findLiveChangeRequest,
  type GateInForce,
  type LabelRow,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import { mayStillApprove } from "./may-still-approve.ts";

/** What an approval is given on, and holds for. */
export interface ApprovalGround {
  row: LabelRow | undefined;
  gate: GateInForce | undefined;
  /** Of the run that the verdict stands on. */
  runId: string | null;
  now: Date;
}

/**
 * Why an approval does not hold any more, or null while it does. It was given by somebody who saw where the label
 * stood, one run and one policy; when any of them is another, nobody has approved what would happen now. Nor has
 * anybody where whoever gave it could not do so now: what a stolen key approved goes with the key.
 */
export async function staleApproval(
  tx: TenantTx,
  request: ChangeRequestRow,
  { row, gate, runId, now }: ApprovalGround,
): Promise<StaleApproval | null> {
  if (request.approvedMoveId !== (row?.moveId ?? null)) return "label_moved";
  if (request.approvedSuiteVersionId !== (gate?.gate.suiteVersionId ?? null)) return "gate_changed";
  if (request.approvedRunId !== runId) return "evidence_changed";
  return (await mayStillApprove(tx, request.decidedBy ?? "", now)) ? null : "approver_gone";
}

interface Move extends ApprovalGround {
  gate: GateInForce;
  version: PromptVersionRow;
}

/** The clause `approval` for a move, where the gate asks for it, and the request that permits it. */
export async function decideApproval(
  tx: TenantTx,
  { version, ...ground }: Move,
): Promise<VerdictClause | undefined> {
  const { gate } = ground.gate;
  if (ground.gate.suiteVersion.spec.gate?.approval === undefined) return undefined;
  const wanted = { promptId: gate.promptId, label: gate.label, toVersionId: version.id };
  const request = await findLiveChangeRequest(tx, wanted);
  const about = { clause: "approval", value: null, bound: null } as const;
  if (request === undefined) {
    const command = `assay changes propose ${ground.gate.suiteVersion.spec.prompt} ${gate.label} --to ${version.version}`;
    const message = `Nobody has proposed this move, and the gate asks for approval. Run: ${command}`;
    return { ...about, outcome: "fail", message };
  }
  const approve = `assay changes approve ${request.id}`;
  if (request.status !== "approved") {
    const message = `The change request ${request.id} is not approved yet. Who may decide runs: ${approve}`;
    return { ...about, outcome: "fail", message };
  }
  const stale = await staleApproval(tx, request, ground);
  if (stale === null) {
    return {
      ...about,
      outcome: "pass",
      message: `The change request ${request.id} is approved by ${request.decidedBy}.`,
    };
  }
  const message = `The approval of ${request.id} does not hold: ${STALE_APPROVALS[stale]} To approve it again: ${approve}`;
  return { ...about, outcome: "fail", message };
}
