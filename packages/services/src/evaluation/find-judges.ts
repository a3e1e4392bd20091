import type { Json, ScorerUse } from "@assay/core";
import { type JudgeVersion, referencesOfUse } from "@assay/evaluator";
import {
  findConnectionBySlug,
  findPromptBySlug,
  findPromptVersion,
  findServableModelBySlug,
  type PromptVersionRow,
  type ServableModel,
  type TenantTx,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import { describeConnection, describeJudge, describeModel } from "./describe-asked.ts";
import { modelOfVersion } from "./model-of-version.ts";

/** A prompt version that judges, and its model. */
export interface Judge {
  version: PromptVersionRow;
  model: ServableModel;
}

export async function findJudge(
  tx: TenantTx,
  { prompt: slug, version: number }: JudgeVersion,
): Promise<Judge | undefined> {
  const prompt = await findPromptBySlug(tx, slug);
  const version = prompt && (await findPromptVersion(tx, prompt.id, number));
  return version && { version, model: await modelOfVersion(tx, version) };
}

/**
 * What one use of a scorer asks, as it is at this moment and as plain data to be hashed: judges, models and web hooks.
 * Null for a scorer that asks nothing.
 */
export async function describeAsked(platform: Platform, tx: TenantTx, use: ScorerUse): Promise<Json> {
  const { judges = [], models = [], connections = [], scripts = [] } = referencesOfUse(use);
  if (judges.length + models.length + connections.length + scripts.length === 0) return null;
  const described: { [kind: string]: Json[] } = { judges: [], models: [], connections: [], scripts };
  for (const reference of judges) {
    described.judges?.push(describeJudge(platform, await findJudge(tx, reference)));
  }
  for (const slug of models) {
    described.models?.push(describeModel(platform, await findServableModelBySlug(tx, slug)));
  }
  for (const slug of connections) {
    described.connections?.push(describeConnection(await findConnectionBySlug(tx, slug)));
  }
  return described;
}

/** SHA-256 of everything that these scorers ask, as it is at this moment; null when none asks anything. */
export async function judgesSha256(
  platform: Platform,
  tx: TenantTx,
  uses: readonly ScorerUse[],
): Promise<string | null> {
  const asked: Json[] = [];
  for (const use of uses) asked.push(await describeAsked(platform, tx, use));
  return asked.every((one) => one === null) ? null : contentHash(asked);
}
