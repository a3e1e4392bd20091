import { AppError, type ChangeRequest, LIMITS, notFound } from "@assay/core";
import {
  countLiveChangeRequests,
  findLabelRow,
  findLiveChangeRequest,
  findPromptVersion,
  insertChangeRequest,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess } from "../confinement.ts";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { viewChange } from "./change-view.ts";
import { effectiveVersionId } from "./effective-version.ts";
import { LATEST } from "./resolve-label.ts";

/**
 * Proposes that a label moves to a version. Nothing moves by it: where the label's gate asks for approval, a promotion
 * goes through once the proposal is approved.
 * @throws AppError `not_found`, `invalid_input`, `conflict` while another request for the same move is live.
 */
export async function proposeChange(
  context: Context,
  input: VerbInput<"proposeChange">,
): Promise<ChangeRequest> {
  requireLabelAccess(context, input.label);
  if (input.label === LATEST) {
    throw new AppError("invalid_input", `"${LATEST}" is kept by the server and cannot be moved.`);
  }
  return await context.tenant.write((tx) => propose(context, tx, input));
}

async function propose(
  context: Context,
  tx: TenantTx,
  input: VerbInput<"proposeChange">,
): Promise<ChangeRequest> {
  const now = context.platform.now();
  const prompt = await findPrompt(context, tx, { slug: input.prompt, lock: true });
  const version = await findPromptVersion(tx, prompt.id, input.version);
  if (version === undefined) throw notFound("version");
  const key = { promptId: prompt.id, label: input.label };
  const live = await findLiveChangeRequest(tx, { ...key, toVersionId: version.id });
  if (live !== undefined) {
    throw new AppError("conflict", `The change request ${live.id} proposes this move already.`, {
      changeId: live.id,
    });
  }
  const max = LIMITS.openChangeRequestsPerPromptMax;
  requireRoom("change requests of this prompt that are not decided", {
    count: await countLiveChangeRequests(tx, prompt.id),
    max,
  });
  const row = await findLabelRow(tx, key);
  const request = await insertChangeRequest(tx, {
    ...key,
    fromVersionId: row === undefined ? null : effectiveVersionId(row, now),
    toVersionId: version.id,
    title: input.title,
    description: input.description,
    proposedBy: actorOf(context),
    now,
  });
  await tx.audit({
    actor: actorOf(context),
    action: "change.propose",
    object: `${prompt.slug}@${input.label}`,
    details: { changeId: request.id, version: version.version },
  });
  return await viewChange(tx, request);
}
