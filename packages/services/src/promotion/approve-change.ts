import { AppError, type ChangeRequest, invariant } from "@assay/core";
import {
  type ChangeRequestRow,
  findGate,
  findLabelRow,
  findPromptVersionById,
  type GateInForce,
  type PromptRow,
  type PromptVersionRow,
  type TenantTx,
  updateChangeRequest,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { viewChange } from "./change-view.ts";
import { type ApprovalGround, staleApproval } from "./decide-approval.ts";
import { decidePromotion } from "./decide-promotion.ts";
import { requireLive } from "./end-change.ts";
import { findChangeToDecide, lockChange } from "./find-change.ts";
import { isSameHand } from "./key-line.ts";

/**
 * Approves a change that passes its gate at this moment. The approval is of that move on that evidence: when the label
 * moves, the gate is set anew or the evidence changes before it is carried out, it must be given again.
 * @throws AppError `scope_missing` for whom the policy does not let decide, `gate_refused` with the verdict,
 * `conflict` for a request that has ended or is approved already.
 */
export async function approveChange(
  context: Context,
  { changeId, reason }: VerbInput<"approveChange">,
): Promise<ChangeRequest> {
  const { tenant } = context;
  // What would be refused is refused without holding the writer, which deciding may do for long.
  await oneAtATime(tenant.tenantId, () =>
    tenant.read((tx) => planApproval(context, tx, { changeId, lock: false })),
  );
  return await tenant.write((tx) => approve(context, tx, { changeId, reason }));
}

interface ApprovalPlan {
  request: ChangeRequestRow;
  prompt: PromptRow;
  version: PromptVersionRow;
  ground: ApprovalGround;
}

/**
 * What an approval would stand on at this moment.
 * @param lock hold the prompt's row until the commit, so that no move or decision comes between.
 * @throws AppError as `approveChange` does.
 */
async function planApproval(
  context: Context,
  tx: TenantTx,
  { changeId, lock }: { changeId: string; lock: boolean },
): Promise<ApprovalPlan> {
  const { request, prompt } = await (lock ? lockChange : findChangeToDecide)(context, tx, changeId);
  requireLive(request);
  const version = await findPromptVersionById(tx, request.toVersionId);
  invariant(version !== undefined, "a proposed version cannot be removed");
  const key = { promptId: prompt.id, label: request.label };
  const gate = await findGate(tx, key);
  if (gate !== undefined) await requireOther(context, tx, { request, version, gate });
  const ground = {
    row: await findLabelRow(tx, key),
    gate,
    now: context.platform.now(),
    runId: gate === undefined ? null : await requirePass(context, tx, { request, version, gate }),
  };
  if (request.status === "approved" && (await staleApproval(tx, request, ground)) === null) {
    throw new AppError(
      "conflict",
      `The change request ${request.id} is approved by ${request.decidedBy} already.`,
    );
  }
  return { request, prompt, version, ground };
}

async function approve(
  context: Context,
  tx: TenantTx,
  { changeId, reason }: VerbInput<"approveChange">,
): Promise<ChangeRequest> {
  const { request, prompt, version, ground } = await planApproval(context, tx, { changeId, lock: true });
  const approved = await updateChangeRequest(tx, request.id, {
    status: "approved",
    decidedBy: actorOf(context),
    decisionReason: reason ?? null,
    decidedAt: context.platform.now(),
    approvedMoveId: ground.row?.moveId ?? null,
    approvedRunId: ground.runId,
    approvedSuiteVersionId: ground.gate?.gate.suiteVersionId ?? null,
  });
  await tx.audit({
    actor: actorOf(context),
    action: "change.approve",
    object: `${prompt.slug}@${request.label}`,
    details: { changeId: request.id, version: version.version, runId: ground.runId, reason: reason ?? null },
  });
  return await viewChange(tx, approved);
}

interface Decision {
  request: ChangeRequestRow;
  version: PromptVersionRow;
  gate: GateInForce;
}

/** Four eyes: whoever wrote or proposed it, and keys that may be in the same hand, do not decide on it. */
async function requireOther(
  context: Context,
  tx: TenantTx,
  { request, version, gate }: Decision,
): Promise<void> {
  if (gate.suiteVersion.spec.gate?.approval?.byOther !== true) return;
  const approver = actorOf(context);
  const sides = { proposed: request.proposedBy, wrote: version.createdBy };
  for (const [did, actor] of Object.entries(sides)) {
    if (actor === null || !(await isSameHand(tx, approver, actor))) continue;
    const who = actor === approver ? "This key" : `A key that made this one or was made by it (${actor})`;
    throw new AppError(
      "scope_missing",
      `${who} ${did} the version; the gate wants somebody else's approval: use a key that is in no line with it, such as one the operator makes (assay tenants key).`,
    );
  }
}

/** @returns the run that the passing verdict stands on. */
async function requirePass(
  context: Context,
  tx: TenantTx,
  { request, version, gate }: Decision,
): Promise<string> {
  const { verdict, evidence } = await decidePromotion(context.platform, tx, { gate, version });
  if (verdict.outcome === "pass" && evidence !== null) return evidence.run.id;
  const open = verdict.clauses.filter(({ outcome }) => outcome !== "pass");
  const reasons = open.map(({ clause, message }) => `${clause}: ${message}`).join(" ");
  throw new AppError(
    "gate_refused",
    `The change request ${request.id} cannot be approved before its version passes the gate. ${reasons}`,
    { verdict },
  );
}
