import { type AddedVersion, AppError, notFound, type PromptContent } from "@assay/core";
import { findPromptVersion, type PromptVersionRow } from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { resolveLabel } from "../promotion/resolve-label.ts";
import type { VerbInput } from "../verb.ts";
import { addPinnedVersion } from "./add-prompt-version.ts";
import { findPrompt } from "./find-prompt.ts";

type Input = VerbInput<"derivePromptVersion">;

/**
 * Adds a version that differs from another in its adapter or model alone. It is a version like any other: a label with
 * a gate moves to it only once it was measured.
 * @throws AppError `not_found`, `invalid_input` for an adapter made for another model, `conflict` where a name that is
 * not exchanged has come to mean other bytes.
 */
export async function derivePromptVersion(context: Context, input: Input): Promise<AddedVersion> {
  requirePromptAccess(context, input.prompt);
  const base = await findBase(context, input);
  const { prompt, note, dryRun } = input;
  return await addPinnedVersion(context, {
    prompt,
    content: derivedContent(base.content, input),
    ...(note !== undefined && { note }),
    dryRun,
    requirePinned: ({ modelSha256 }) => {
      if (input.model !== undefined || modelSha256 === base.modelSha256) return;
      throw new AppError(
        "conflict",
        `The model "${base.content.model}" is another one than version ${base.version} was made with. Name it as "model" to take the present one.`,
      );
    },
  });
}

async function findBase(context: Context, { prompt: slug, from }: Input): Promise<PromptVersionRow> {
  if (typeof from === "string") requireLabelAccess(context, from);
  return await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, slug);
    if (typeof from === "string") {
      return await resolveLabel(tx, { promptId, label: from, now: context.platform.now() });
    }
    const version = await findPromptVersion(tx, promptId, from);
    if (version === undefined) throw notFound("version");
    return version;
  });
}

function derivedContent(base: PromptContent, { adapter, model }: Input): PromptContent {
  const { adapter: present, ...rest } = base;
  const kept = adapter === undefined ? present : adapter;
  return { ...rest, ...(model !== undefined && { model }), ...(kept != null && { adapter: kept }) };
}
