import { AppError, invariant, type Label, LIMITS, type Verdict } from "@assay/core";
import {
  countLabels,
  findLabelRow,
  findLiveChangeRequest,
  insertVerdict,
  type LabelMoveInsert,
  type LabelRow,
  moveLabelRow,
  type TenantTx,
  updateChangeRequest,
} from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import type { PromotionDecision } from "./decide-promotion.ts";
import { effectiveVersionId, rightfulVersionId } from "./effective-version.ts";
import { viewLabel } from "./label-view.ts";
import { type MovePlan, planMove } from "./plan-move.ts";
import { LATEST } from "./resolve-label.ts";
import { versionNumber } from "./version-number.ts";

type Input = VerbInput<"moveLabel">;

interface MoveAnswer {
  moved: boolean;
  label: Label | null;
  verdict: Verdict | null;
}

/**
 * Moves a label. What permits it is read in the transaction that makes it: the gate in force, evidence that is
 * current at that moment, and the version it is expected to point to. There is no other way to move a label forward.
 * @throws AppError `gate_refused` with the verdict, `version_conflict` with the present version.
 */
export async function moveLabel(context: Context, input: Input): Promise<MoveAnswer> {
  requirePromptAccess(context, input.prompt);
  requireLabelAccess(context, input.label);
  if (input.label === LATEST) {
    throw new AppError("invalid_input", `"${LATEST}" is kept by the server and cannot be moved.`);
  }
  const { tenantId } = context.tenant;
  if (input.dryRun) {
    return await oneAtATime(tenantId, () => context.tenant.read((tx) => foresee(context, tx, input)));
  }
  try {
    // What would be refused is refused without holding the writer, which deciding may do for long.
    await oneAtATime(tenantId, () => context.tenant.read((tx) => requireMovable(context, tx, input)));
    return await context.tenant.write((tx) => move(context, tx, input));
  } catch (error) {
    // On its own: what a refused move had begun is rolled back, the refusal itself is to be seen.
    if (error instanceof AppError && error.code === "gate_refused")
      await recordRefusal(context, input, error);
    throw error;
  }
}

async function foresee(context: Context, tx: TenantTx, input: Input): Promise<MoveAnswer> {
  const { prompt, row, decision } = await planMove(context, tx, { input, lock: false });
  const label = row === undefined ? null : await viewLabel(context.platform, tx, { prompt, row });
  return { moved: false, label, verdict: decision?.verdict ?? null };
}

/** No permission: what permits the move is read again in the write. */
async function requireMovable(context: Context, tx: TenantTx, input: Input): Promise<void> {
  const { prompt, row, decision } = await planMove(context, tx, { input, lock: false });
  if (decision === null) return;
  // Reads are not all of one moment: a move that came between them may have used up the approval that was looked for.
  const later = await findLabelRow(tx, { promptId: prompt.id, label: input.label });
  if (later?.moveId === row?.moveId) requirePass(decision, input);
}

async function move(context: Context, tx: TenantTx, input: Input): Promise<MoveAnswer> {
  const plan = await planMove(context, tx, { input, lock: true });
  const { prompt, decision } = plan;
  if (decision !== null) requirePass(decision, input);
  const row = plan.isDone && plan.row ? plan.row : await carryOut(context, tx, { input, plan });
  return {
    moved: !plan.isDone,
    label: await viewLabel(context.platform, tx, { prompt, row }),
    verdict: decision?.verdict ?? null,
  };
}

/** The gate. Inconclusive is not a pass. */
function requirePass({ verdict }: PromotionDecision, { prompt, label, version }: Input): void {
  if (verdict.outcome === "pass") return;
  const open = verdict.clauses.filter(({ outcome }) => outcome !== "pass");
  const reasons = open.map(({ clause, message }) => `${clause}: ${message}`).join(" ");
  throw new AppError(
    "gate_refused",
    `Version ${version} of "${prompt}" may not become "${label}". ${reasons}`,
    { verdict },
  );
}

async function carryOut(context: Context, tx: TenantTx, { input, plan }: { input: Input; plan: MovePlan }) {
  const { prompt, version, row, decision, now } = plan;
  if (row === undefined) {
    const count = await countLabels(tx, prompt.id);
    requireRoom("labels of this prompt", { count, max: LIMITS.labelsPerPromptMax });
  }
  const permit = await permitOf(tx, { input, plan });
  const moved = await moveLabelRow(tx, {
    promptId: prompt.id,
    label: input.label,
    fromVersionId: row === undefined ? null : effectiveVersionId(row, now),
    toVersionId: version.id,
    movedBy: actorOf(context),
    now,
    ...permit,
  });
  const changeId = input.override === undefined ? await closeRequest(tx, moved) : null;
  await tx.audit({
    actor: actorOf(context),
    action: "label.move",
    object: `${prompt.slug}@${input.label}`,
    details: {
      version: version.version,
      from: await versionNumber(tx, row === undefined ? null : effectiveVersionId(row, now)),
      kind: permit.kind,
      moveId: moved.moveId,
      runId: decision?.evidence?.run.id ?? null,
      changeId,
      reason: permit.reason,
      expiresAt: permit.expiresAt?.toISOString() ?? null,
    },
  });
  return moved;
}

/** The approved request for this very move is carried out by it; one that is only open stays. */
async function closeRequest(tx: TenantTx, moved: LabelRow): Promise<string | null> {
  const { promptId, name: label, versionId: toVersionId, moveId } = moved;
  const request = await findLiveChangeRequest(tx, { promptId, label, toVersionId });
  if (request?.status !== "approved") return null;
  await updateChangeRequest(tx, request.id, { status: "carried_out", moveId });
  return request.id;
}

type Permit = Pick<LabelMoveInsert, "kind" | "verdictId" | "reason" | "expiresAt" | "fallbackVersionId">;

/** What entitles the label to the version, as its move will say. */
async function permitOf(tx: TenantTx, { input, plan }: { input: Input; plan: MovePlan }): Promise<Permit> {
  const { row, gate, decision, version, now } = plan;
  const plain = { verdictId: null, reason: null, expiresAt: null, fallbackVersionId: null };
  if (input.override !== undefined) {
    const { reason, expiresAt } = input.override;
    const fallbackVersionId = row === undefined ? null : rightfulVersionId(row);
    return { ...plain, kind: "override", reason, expiresAt: new Date(expiresAt), fallbackVersionId };
  }
  if (gate === undefined) return { ...plain, kind: "unprotected" };
  invariant(decision !== null && decision.evidence !== null, "a gated label moves on evidence");
  const { run, incumbentRunId } = decision.evidence;
  const { id: verdictId } = await insertVerdict(tx, {
    runId: run.id,
    promptVersionId: version.id,
    label: input.label,
    suiteVersionId: gate.gate.suiteVersionId,
    evidenceSha256: run.evidenceSha256,
    incumbentRunId,
    ...decision.verdict,
    createdAt: now,
  });
  return { ...plain, kind: "gate", verdictId };
}

async function recordRefusal(context: Context, input: Input, refusal: AppError): Promise<void> {
  await context.tenant.write((tx) =>
    tx.audit({
      actor: actorOf(context),
      action: "label.refused",
      object: `${input.prompt}@${input.label}`,
      details: { version: input.version, ...refusal.details },
    }),
  );
}
