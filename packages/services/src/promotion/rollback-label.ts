import {
  AppError,
  invariant,
  type Label,
  type MoveKind,
  notFound,
  oneStepBack,
  RIGHTFUL_KINDS,
} from "@assay/core";
import {
  findLabelRow,
  findNewestMove,
  findPromptVersion,
  type LabelRow,
  moveLabelRow,
  type PromptRow,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";
import { effectiveVersionId, rightfulVersionId } from "./effective-version.ts";
import { viewLabel } from "./label-view.ts";
import { versionNumber } from "./version-number.ts";

/**
 * Moves a label back to a version that once held it in its own right; needs no evidence, so that it always works. A
 * version that had the label by override alone never earned it. Without a number it goes back one step: to what the
 * label held before the present version came, so that asking twice goes back twice and never forth.
 * @throws AppError `conflict` when there is nothing to go back to.
 */
export async function rollbackLabel(context: Context, input: VerbInput<"rollbackLabel">): Promise<Label> {
  requireLabelAccess(context, input.label);
  return await context.tenant.write(async (tx) => {
    const prompt = await findPrompt(context, tx, { slug: input.prompt, lock: true });
    const row = await findLabelRow(tx, { promptId: prompt.id, label: input.label });
    if (row === undefined) throw notFound("label");
    const toVersionId = await targetOf(context, tx, { input, prompt, row });
    if (row.versionId === toVersionId && row.expiresAt === null) {
      throw new AppError("conflict", `The label "${input.label}" points to that version already.`);
    }
    return await carryOut(context, tx, { input, prompt, row, toVersionId });
  });
}

interface Rollback {
  input: VerbInput<"rollbackLabel">;
  prompt: PromptRow;
  row: LabelRow;
}

async function targetOf(context: Context, tx: TenantTx, { input, prompt, row }: Rollback): Promise<string> {
  const key = { promptId: prompt.id, label: input.label };
  if (input.version === undefined) {
    const before = await versionBefore(tx, row, context.platform.now());
    if (before !== undefined) return before;
    throw new AppError("conflict", `The label "${input.label}" held no other version before this one.`);
  }
  const version = await findPromptVersion(tx, prompt.id, input.version);
  if (version === undefined) throw notFound("version");
  const held = await findNewestMove(tx, { ...key, toVersionId: version.id, kinds: RIGHTFUL_KINDS });
  if (held !== undefined) return version.id;
  throw new AppError(
    "conflict",
    `Version ${input.version} never held the label "${input.label}" in its own right; only such a version can be rolled back to.`,
  );
}

async function versionBefore(tx: TenantTx, row: LabelRow, now: Date): Promise<string | undefined> {
  const held = { present: effectiveVersionId(row, now), rightful: rightfulVersionId(row) };
  const search = oneStepBack<string, { id: string; kind: MoveKind; toVersion: string }>(held);
  let step = search.next();
  while (step.done !== true) {
    const { kinds, to, notTo, before } = step.value;
    const move = await findNewestMove(tx, {
      promptId: row.promptId,
      label: row.name,
      kinds,
      toVersionId: to,
      notToVersionId: notTo,
      beforeMoveId: before?.id,
    });
    invariant(move !== undefined || before !== undefined, "a label that a version holds was once moved");
    step = search.next(move && { id: move.id, kind: move.kind, toVersion: move.toVersionId });
  }
  return step.value;
}

async function carryOut(
  context: Context,
  tx: TenantTx,
  { input, prompt, row, toVersionId }: Rollback & { toVersionId: string },
): Promise<Label> {
  const { platform } = context;
  const now = platform.now();
  const moved = await moveLabelRow(tx, {
    promptId: prompt.id,
    label: input.label,
    fromVersionId: effectiveVersionId(row, now),
    toVersionId,
    kind: "rollback",
    verdictId: null,
    reason: input.reason,
    expiresAt: null,
    fallbackVersionId: null,
    movedBy: actorOf(context),
    now,
  });
  const label = await viewLabel(platform, tx, { prompt, row: moved });
  invariant(label !== null, "a rollback does not expire");
  await tx.audit({
    actor: actorOf(context),
    action: "label.rollback",
    object: `${prompt.slug}@${input.label}`,
    details: {
      version: label.version,
      from: await versionNumber(tx, effectiveVersionId(row, now)),
      moveId: moved.moveId,
      reason: input.reason,
    },
  });
  return label;
}
