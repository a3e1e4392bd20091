import { AppError, holdsScope, notFound, type PlaygroundRequest } from "@assay/core";
import { checkPromptContent, renderPrompt } from "@assay/evaluator";
import { findPinnedModel } from "@assay/store";
import type { Context } from "../context.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import { pinContent } from "../registry/pin-content.ts";
import { engineTarget } from "./engine-target.ts";
import type { Servable } from "./find-servable.ts";
import { type Generation, startGeneration } from "./generate.ts";

/**
 * Answers by a content that no version has. Nothing of it is stored but one trace in numbers: its texts were never
 * meant for users, so they are kept nowhere, whatever the prompt's settings say of users' requests.
 * @throws AppError `scope_missing`, `not_found`, `template_invalid`, `variables_invalid`, `invalid_input`
 */
export async function createPlaygroundGeneration(
  context: Context,
  { prompt, content, variables, messages }: PlaygroundRequest,
  signal: AbortSignal,
): Promise<Generation> {
  requireMayTry(context);
  checkPromptContent(content);
  const { servable, promptId } = await findTried(context, { prompt, content });
  const request = {
    target: servable.target,
    input: { messages: renderPrompt(content, { variables, messages }) },
    sampling: content.sampling,
    responseFormat: content.responseFormat,
    tools: content.tools,
  };
  return startGeneration(context, servable, { request, signal, triedPromptId: promptId });
}

/** The same that asking for a version by its number takes: a key for labels alone may not reach past them. */
function requireMayTry({ caller }: Context): void {
  if (!holdsScope(caller.scopes, "use")) {
    const message = 'An answer costs what serving costs: this needs the scope "use" too.';
    throw new AppError("scope_missing", message, { scope: "use" });
  }
  if (caller.labels !== null) {
    throw new AppError("scope_missing", "This key is confined to labels; it cannot try other contents.");
  }
}

async function findTried(
  context: Context,
  { prompt, content }: Pick<PlaygroundRequest, "prompt" | "content">,
): Promise<{ servable: Servable; promptId: string }> {
  const { platform, tenant } = context;
  return await tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, prompt);
    const pinned = await pinContent(platform, tx, content);
    const { modelId = null, sharedModelId = null, adapterSha256 = null } = pinned;
    const model = await findPinnedModel(tx, { modelId, sharedModelId });
    if (model === undefined) throw notFound("model");
    const target = engineTarget(platform, { tenantId: tenant.tenantId, model, adapterSha256 });
    return { servable: { target, model, adapterSha256, prompt: null }, promptId };
  });
}
