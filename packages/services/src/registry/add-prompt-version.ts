import { type AddedVersion, LIMITS } from "@assay/core";
import { checkPromptContent } from "@assay/evaluator";
import {
  deleteDraft,
  findPromptVersionByContent,
  insertPromptVersion,
  newestPromptVersionNumbers,
  type PromptRow,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPrompt } from "./find-prompt.ts";
import { type PinnedContent, pinContent } from "./pin-content.ts";
import { promptVersionOf } from "./prompt-of.ts";
import { requireRoom } from "./require-room.ts";

type Input = VerbInput<"addPromptVersion">;

/**
 * Adds an immutable version, the names in it pinned to what they mean now. Content that any version of the prompt
 * already has makes no new one. A dry run says what would happen and changes nothing.
 * @throws AppError `not_found`, `scope_missing`, `template_invalid`, `invalid_input`, `conflict`
 */
export async function addPromptVersion(context: Context, input: Input): Promise<AddedVersion> {
  return await addPinnedVersion(context, { ...input, requirePinned: () => undefined });
}

interface Addition extends Input {
  /** Refuses what the names in the content turn out to mean; called in the transaction that adds the version. */
  requirePinned(pinned: PinnedContent): void;
}

/** The same for a caller that has a say in what is pinned. */
export async function addPinnedVersion(context: Context, input: Addition): Promise<AddedVersion> {
  checkPromptContent(input.content);
  return input.dryRun ? await foresee(context, input) : await add(context, input);
}

async function foresee(context: Context, input: Addition): Promise<AddedVersion> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const pinned = await pinContent(context.platform, tx, input.content);
    input.requirePinned(pinned);
    const existing = await findPromptVersionByContent(tx, prompt.id, pinned.contentSha256);
    return addedVersion(input, pinned, { row: existing, created: existing === undefined });
  });
}

async function add(context: Context, input: Addition): Promise<AddedVersion> {
  return await context.tenant.write(async (tx) => {
    // Locked: two writers must neither take the same number nor both add the same content.
    const prompt = await findPrompt(context, tx, { slug: input.prompt, lock: true });
    const pinned = await pinContent(context.platform, tx, input.content);
    input.requirePinned(pinned);
    const existing = await findPromptVersionByContent(tx, prompt.id, pinned.contentSha256);
    if (existing !== undefined) return addedVersion(input, pinned, { row: existing, created: false });
    const row = await insertNext(tx, prompt, {
      ...pinned,
      note: input.note ?? null,
      createdBy: actorOf(context),
    });
    if (input.draftRevision !== undefined) {
      const draft = { promptId: prompt.id, actor: actorOf(context), revision: input.draftRevision };
      // Kept again meanwhile, it holds what this version does not, and stays.
      await deleteDraft(tx, draft);
    }
    await tx.audit({
      actor: actorOf(context),
      action: "prompt_version.add",
      object: `${input.prompt}@${row.version}`,
      details: { contentHash: row.contentSha256, note: row.note },
    });
    return addedVersion(input, pinned, { row, created: true });
  });
}

async function insertNext(
  tx: TenantTx,
  prompt: PromptRow,
  draft: PinnedContent & { note: string | null; createdBy: string },
): Promise<PromptVersionRow> {
  const newest = (await newestPromptVersionNumbers(tx, [prompt.id])).get(prompt.id) ?? 0;
  requireRoom("versions of this prompt", { count: newest, max: LIMITS.versionsPerPromptMax });
  return await insertPromptVersion(tx, { ...draft, promptId: prompt.id, version: newest + 1 });
}

function addedVersion(
  input: Input,
  pinned: PinnedContent,
  { row, created }: { row: PromptVersionRow | undefined; created: boolean },
): AddedVersion {
  const version = row === undefined ? null : promptVersionOf(row, input.prompt);
  return { created, version, contentHash: pinned.contentSha256 };
}
