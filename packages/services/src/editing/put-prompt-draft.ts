import { AppError, DAY_MS, type KeptDraft, LIMITS } from "@assay/core";
import {
  countDrafts,
  type DraftKey,
  deleteDraftsBefore,
  insertDraft,
  type PromptDraftRow,
  replaceDraft,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { requireRoom } from "../registry/require-room.ts";
import type { VerbInput } from "../verb.ts";
import { keptDraftOf } from "./kept-draft-of.ts";

type Input = VerbInput<"putPromptDraft">;
/**
 * Keeps the caller's draft of a prompt. The audit trail says that it was begun, and not every key stroke of it.
 * @throws AppError `version_conflict` when another window of the same caller kept it meanwhile; `conflict` when there
 * is no room for one more
 */
export async function putPromptDraft(context: Context, input: Input): Promise<KeptDraft> {
  const { prompt, baseVersion, body, expectedRevision } = input;
  return await context.tenant.record(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const key = { promptId, actor: actorOf(context) };
    const text = { baseVersion, body, updatedAt: context.platform.now() };
    const row =
      expectedRevision === null
        ? await begin(context, tx, { prompt, key, text })
        : await replaceDraft(tx, { ...key, revision: expectedRevision }, text);
    if (row === undefined) throw keptMeanwhile();
    return keptDraftOf(row);
  });
}

async function begin(
  context: Context,
  tx: TenantTx,
  { prompt, key, text }: { prompt: string; key: DraftKey; text: Parameters<typeof insertDraft>[2] },
): Promise<PromptDraftRow | undefined> {
  await makeRoom(context, tx, key.actor);
  const row = await insertDraft(tx, key, text);
  if (row !== undefined) {
    await tx.audit({ actor: key.actor, action: "prompt_draft.begin", object: prompt });
  }
  return row;
}

async function makeRoom(context: Context, tx: TenantTx, actor: string): Promise<void> {
  const ofActor = await countDrafts(tx, actor);
  requireRoom("drafts of your own", { count: ofActor, max: LIMITS.promptDraftsPerActorMax });
  const max = LIMITS.promptDraftsPerTenantMax;
  const count = await countDrafts(tx);
  if (count < max) return;
  const now = context.platform.now().getTime();
  const removed = await deleteDraftsBefore(tx, new Date(now - LIMITS.promptDraftKeepDays * DAY_MS));
  if (removed > 0) {
    await tx.audit({ actor, action: "prompt_draft.expire", object: "drafts", details: { removed } });
  }
  requireRoom("drafts", { count: count - removed, max });
}

function keptMeanwhile(): AppError {
  return new AppError(
    "version_conflict",
    "This draft was kept or discarded in another window meanwhile. Read it again before you keep yours.",
  );
}
