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
import { currentModelHash } from "./current-model-hash.ts";
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
    const judge = await findJudge(tx, reference);
    described.judges?.push(
      judge === undefined
        ? null
        : {
            promptVersion: judge.version.contentSha256,
            adapter: judge.version.adapterSha256,
            ...describeModel(platform, judge.model),
          },
    );
  }
  for (const slug of models) {
    const model = await findServableModelBySlug(tx, slug);
    described.models?.push(model === undefined ? null : describeModel(platform, model));
  }
  for (const slug of connections) {
    const connection = await findConnectionBySlug(tx, slug);
    described.connections?.push(
      connection === undefined ? null : { kind: connection.kind, baseUrl: connection.baseUrl },
    );
  }
  return described;
}

function describeModel(platform: Platform, model: ServableModel): { [name: string]: Json } {
  return { model: currentModelHash(platform, model), engineBuild: platform.engineBuildOf(model.kind) };
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
