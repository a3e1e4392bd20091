import type { OpenAiModelList } from "@assay/core";
import { listServableNames } from "@assay/store";
import type { Context } from "../context.ts";

/** Everything the caller can put into `model`: labelled prompts, and for unconfined keys adapters and models. */
export async function listServableModels(context: Context): Promise<OpenAiModelList> {
  const { prompts, labels } = context.caller;
  const names = await context.tenant.read((tx) => listServableNames(tx));
  const entry = (id: string, createdAt: Date, owner: string): OpenAiModelList["data"][number] => ({
    id,
    object: "model",
    created: Math.floor(createdAt.getTime() / 1000),
    owned_by: owner,
  });
  const data = names.labels
    .filter(({ prompt }) => prompts === null || prompts.includes(prompt))
    .filter(({ label }) => labels === null || labels.includes(label))
    .map(({ prompt, label, at }) => entry(`prompt:${prompt}@${label}`, at, context.tenantInfo.slug));
  if (prompts === null && labels === null) {
    for (const { slug, version, at } of names.adapters) {
      data.push(entry(`adapter:${slug}@${version}`, at, context.tenantInfo.slug));
    }
    for (const { slug, at, ownership } of names.models) {
      data.push(entry(slug, at, ownership === "shared" ? "assay" : context.tenantInfo.slug));
    }
  }
  return { object: "list", data };
}
