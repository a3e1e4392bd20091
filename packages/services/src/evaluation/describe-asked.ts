import type { Json } from "@assay/core";
import type { ServableModel, StoredConnection } from "@assay/store";
import type { Platform } from "../context.ts";
import { currentModelHash } from "./current-model-hash.ts";
import type { Judge } from "./find-judges.ts";

/** A judge as it is at this moment, as plain data; null for one that is not there. */
export function describeJudge(platform: Platform, judge: Judge | undefined): Json {
  if (judge === undefined) return null;
  return {
    promptVersion: judge.version.contentSha256,
    adapter: judge.version.adapterSha256,
    ...modelFacts(platform, judge.model),
  };
}

/** A model as it is at this moment and as it is reached; null for one that is not there. */
export function describeModel(platform: Platform, model: ServableModel | undefined): Json {
  return model === undefined ? null : modelFacts(platform, model);
}

/** Where a web hook's connection leads; null for one that is not there. Its secret is no part of what it is. */
export function describeConnection(connection: Pick<StoredConnection, "kind" | "baseUrl"> | undefined): Json {
  return connection === undefined ? null : { kind: connection.kind, baseUrl: connection.baseUrl };
}

function modelFacts(platform: Platform, model: ServableModel): { [name: string]: Json } {
  return { model: currentModelHash(platform, model), engineBuild: platform.engineBuildOf(model.kind) };
}
