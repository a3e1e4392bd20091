import type { Model, PromptContent, PromptVersion } from "@assay/core";
import type { Context, OperatorContext } from "../context.ts";
import { addPromptVersion } from "../registry/add-prompt-version.ts";
import { addSharedModel } from "../registry/add-shared-model.ts";
import { createPrompt } from "../registry/create-prompt.ts";
import { uploadModel } from "../registry/upload-model.ts";
import { streamOf, toyModel } from "./toy-model-files.ts";

/** Adds a model that every tenant may use, through the verb that an operator uses. */
export async function addSharedToyModel(operator: OperatorContext, slug: string, seed = 0): Promise<Model> {
  return await addSharedModel(operator, { slug, file: streamOf(toyModel({ width: 8, seed })) });
}

/** Uploads a model of the tenant's own. */
export async function uploadToyModel(context: Context, slug: string, seed = 1): Promise<Model> {
  return await uploadModel(context, { slug, file: streamOf(toyModel({ width: 8, seed })) });
}

/** Content with one system message of this text. */
export function contentOf(model: string, text: string): PromptContent {
  return { messages: [{ role: "system", content: text }], model, sampling: {} };
}

/** Makes a prompt with one version for each text. */
export async function createToyPrompt(
  context: Context,
  slug: string,
  { model, texts }: { model: string; texts: readonly string[] },
): Promise<PromptVersion[]> {
  await createPrompt(context, { slug, description: "" });
  const versions: PromptVersion[] = [];
  for (const text of texts) {
    const added = await addPromptVersion(context, {
      prompt: slug,
      content: contentOf(model, text),
      dryRun: false,
    });
    if (added.version !== null) versions.push(added.version);
  }
  return versions;
}
