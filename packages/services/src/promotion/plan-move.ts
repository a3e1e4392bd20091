import { AppError, holdsScope, LIMITS, notFound } from "@assay/core";
import {
  findGate,
  findLabelRow,
  findPromptVersion,
  findPromptVersionById,
  findVerdictOfMove,
  type GateInForce,
  type LabelRow,
  type PromptRow,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { decideApproval } from "./decide-approval.ts";
import { decidePromotion, type PromotionDecision, withClause } from "./decide-promotion.ts";
import { effectiveVersionId } from "./effective-version.ts";

/** A move as it would be made now: everything read and decided, nothing written. */
export interface MovePlan {
  prompt: PromptRow;
  version: PromptVersionRow;
  row: LabelRow | undefined;
  gate: GateInForce | undefined;
  /** Of a gated label, unless it is overridden. */
  decision: PromotionDecision | null;
  /** The label is there already, as well proven as it can be. */
  isDone: boolean;
  now: Date;
}

/**
 * @param lock hold the prompt's row until the commit, so that no other move, gate or version comes between.
 * @throws AppError `not_found`, `version_conflict`, `scope_missing` or `invalid_input`.
 */
export async function planMove(
  context: Context,
  tx: TenantTx,
  { input, lock }: { input: VerbInput<"moveLabel">; lock: boolean },
): Promise<MovePlan> {
  const now = context.platform.now();
  const prompt = await findPrompt(context, tx, { slug: input.prompt, lock });
  const version = await findPromptVersion(tx, prompt.id, input.version);
  if (version === undefined) throw notFound("version");
  const key = { promptId: prompt.id, label: input.label };
  const row = await findLabelRow(tx, key);
  await requireExpectedVersion(tx, { input, row, now });
  const gate = await findGate(tx, key);
  const plan = { prompt, version, row, gate, decision: null, isDone: false, now };

  if (input.override !== undefined) {
    requireOverride(context, { override: input.override, gate, now });
    return plan;
  }
  if (gate === undefined) return { ...plan, isDone: row?.versionId === version.id && row.expiresAt === null };
  const decision = await decidePromotion(context.platform, tx, { gate, version });
  // What is there already was approved when it came, and the approval is used up.
  if (await isProvenBy(tx, { row, gate, version, decision })) return { ...plan, decision, isDone: true };
  const runId = decision.evidence?.run.id ?? null;
  const approval = await decideApproval(tx, { row, gate, version, runId, now });
  return { ...plan, decision: withClause(decision, approval) };
}

async function requireExpectedVersion(
  tx: TenantTx,
  { input, row, now }: { input: VerbInput<"moveLabel">; row: LabelRow | undefined; now: Date },
): Promise<void> {
  if (input.expectedVersion === undefined) return;
  const presentId = row === undefined ? null : effectiveVersionId(row, now);
  const present = presentId === null ? undefined : await findPromptVersionById(tx, presentId);
  const presentVersion = present?.version ?? null;
  if (presentVersion === input.expectedVersion) return;
  const name = (version: number | null) => (version === null ? "no version" : `version ${version}`);
  throw new AppError(
    "version_conflict",
    `The label "${input.label}" points to ${name(presentVersion)}, not to ${name(input.expectedVersion)}. Look again, then repeat the move.`,
    { presentVersion },
  );
}

interface OverrideRequest {
  override: NonNullable<VerbInput<"moveLabel">["override"]>;
  gate: GateInForce | undefined;
  now: Date;
}

function requireOverride({ caller }: Context, { override, gate, now }: OverrideRequest): void {
  if (!holdsScope(caller.scopes, "override")) {
    throw new AppError("scope_missing", 'This key may not override a gate: it has no scope "override".');
  }
  if (gate === undefined) {
    throw new AppError("invalid_input", "The label has no gate: move it without an override.");
  }
  const hours = (new Date(override.expiresAt).getTime() - now.getTime()) / 3_600_000;
  if (hours <= 0 || hours > LIMITS.overrideHoursMax) {
    throw new AppError(
      "invalid_input",
      `An override expires in the future and within ${LIMITS.overrideHoursMax} hours.`,
      { param: "override.expiresAt" },
    );
  }
}

interface ProvenLabel {
  row: LabelRow | undefined;
  gate: GateInForce;
  version: PromptVersionRow;
  decision: PromotionDecision;
}

/** Another move of the same version on the same evidence by the same policy would say nothing new. */
async function isProvenBy(tx: TenantTx, { row, gate, version, decision }: ProvenLabel): Promise<boolean> {
  if (row === undefined || row.versionId !== version.id || row.expiresAt !== null) return false;
  const proof = await findVerdictOfMove(tx, row.moveId);
  return (
    proof !== undefined &&
    proof.suiteVersionId === gate.gate.suiteVersionId &&
    proof.evidenceSha256 === decision.evidence?.run.evidenceSha256
  );
}
