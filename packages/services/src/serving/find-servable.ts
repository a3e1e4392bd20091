import { AppError, type EngineTarget, notFound, type PromptContent } from "@assay/core";
import {
  findAdapterVersionForServing,
  findPinnedModel,
  findPromptBySlug,
  findPromptVersion,
  findServableModelBySlug,
  type ServableModel,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { resolveLabel } from "../promotion/resolve-label.ts";
import { engineTarget } from "./engine-target.ts";
import { type ModelAddress, parseModelAddress } from "./model-address.ts";

/** Everything a request needs from the registry. What a version pins never changes, so reading it in steps is safe. */
export interface Servable {
  target: EngineTarget;
  model: ServableModel;
  adapterSha256: string | null;
  /** Set for `prompt:` addresses: the version that owns everything shaping the output. */
  prompt: { id: string; slug: string; versionId: string; version: number; content: PromptContent } | null;
}

/**
 * Finds what `model` names. A label that is missing is refused; nothing falls back to something else.
 * @throws AppError `not_found`, or `scope_missing` for a key confined to other prompts or labels.
 */
export async function findServable(context: Context, model: string): Promise<Servable> {
  const address = parseModelAddress(model);
  if (address === undefined) throw notFound("model");
  return await context.tenant.read((tx) => {
    if (address.kind === "prompt") return promptServable(context, tx, address);
    refuseConfined(context);
    return address.kind === "adapter"
      ? adapterServable(context, tx, address)
      : modelServable(context, tx, address.slug);
  });
}

type PromptAddress = Extract<ModelAddress, { kind: "prompt" }>;
type AdapterAddress = Extract<ModelAddress, { kind: "adapter" }>;

function refuseConfined({ caller }: Context): void {
  if (caller.prompts !== null || caller.labels !== null) {
    throw new AppError(
      "scope_missing",
      "This key is confined to prompts; it cannot use models or adapters directly.",
    );
  }
}

async function promptServable(context: Context, tx: TenantTx, address: PromptAddress): Promise<Servable> {
  requirePromptAccess(context, address.slug);
  const prompt = await findPromptBySlug(tx, address.slug);
  if (prompt === undefined) throw notFound("prompt");
  const version = await versionAt(context, tx, { promptId: prompt.id, address });
  const model = await findPinnedModel(tx, version);
  if (model === undefined) throw notFound("model");
  const { adapterSha256, content } = version;
  return {
    target: engineTarget(context.platform, { tenantId: context.tenant.tenantId, model, adapterSha256 }),
    model,
    adapterSha256,
    prompt: { id: prompt.id, slug: prompt.slug, versionId: version.id, version: version.version, content },
  };
}

async function versionAt(context: Context, tx: TenantTx, at: { promptId: string; address: PromptAddress }) {
  const { promptId, address } = at;
  if ("label" in address) {
    requireLabelAccess(context, address.label);
    return await resolveLabel(tx, { promptId, label: address.label, now: context.platform.now() });
  }
  // A number names any version, proven or not: a key confined to labels may not reach past them.
  if (context.caller.labels !== null) {
    throw new AppError("scope_missing", "This key is confined to labels; it cannot use versions by number.");
  }
  const version = await findPromptVersion(tx, promptId, address.version);
  if (version === undefined) throw notFound("version");
  return version;
}

async function adapterServable(context: Context, tx: TenantTx, address: AdapterAddress): Promise<Servable> {
  const found = await findAdapterVersionForServing(tx, address.slug, address.version);
  if (found === undefined) throw notFound("adapter");
  const model = await findPinnedModel(tx, found.adapter);
  if (model === undefined) throw notFound("model");
  const adapterSha256 = found.version.sha256;
  return {
    target: engineTarget(context.platform, { tenantId: context.tenant.tenantId, model, adapterSha256 }),
    model,
    adapterSha256,
    prompt: null,
  };
}

async function modelServable(context: Context, tx: TenantTx, slug: string): Promise<Servable> {
  const model = await findServableModelBySlug(tx, slug);
  if (model === undefined) throw notFound("model");
  return {
    target: engineTarget(context.platform, { tenantId: context.tenant.tenantId, model, adapterSha256: null }),
    model,
    adapterSha256: null,
    prompt: null,
  };
}
