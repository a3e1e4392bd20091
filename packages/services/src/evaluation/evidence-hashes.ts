import { type EvidenceHashes, invariant } from "@assay/core";
import { describeScorers } from "@assay/evaluator";
import {
  type DatasetVersionRow,
  findPinnedModel,
  type PromptVersionRow,
  type ServableModel,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import { currentModelHash } from "./current-model-hash.ts";

/** Everything a score depends on. */
export interface EvidenceParts {
  promptVersion: PromptVersionRow;
  suiteVersion: SuiteVersionRow;
  datasetVersion: DatasetVersionRow;
  model: ServableModel;
}

/** The hashes of everything a score depends on, as they are now. */
export function evidenceHashes(platform: Platform, parts: EvidenceParts): EvidenceHashes {
  const { promptVersion, suiteVersion, datasetVersion, model } = parts;
  const { scorers, repeats, passScore } = suiteVersion.spec;
  return {
    promptVersion: promptVersion.contentSha256,
    model: currentModelHash(platform, model),
    adapter: promptVersion.adapterSha256,
    dataset: datasetVersion.contentSha256,
    // Not the gate: another policy decides anew over the same scores and needs no new run.
    suite: contentHash({ scorers, repeats, passScore }),
    scorers: contentHash(describeScorers(scorers)),
    judges: null,
    selection: null,
    engineBuild: platform.engineBuildOf(model.kind),
  };
}

/** Two runs with the same one are evidence for the very same thing. */
export function evidenceSha256(hashes: EvidenceHashes): string {
  return contentHash(hashes);
}

/** What evidence for a version must name today: these scorers on these cases. */
export async function currentHashes(
  platform: Platform,
  tx: TenantTx,
  parts: Omit<EvidenceParts, "model">,
): Promise<EvidenceHashes> {
  const model = await modelOfVersion(tx, parts.promptVersion);
  return evidenceHashes(platform, { ...parts, model });
}

export async function modelOfVersion(tx: TenantTx, version: PromptVersionRow): Promise<ServableModel> {
  const model = await findPinnedModel(tx, version);
  invariant(model !== undefined, "a version's model cannot be removed");
  return model;
}

/** The names of the hashes that differ: why evidence is stale. Empty when it is current. */
export function changedHashes(then: EvidenceHashes, now: EvidenceHashes): string[] {
  const names = Object.keys(now) as (keyof EvidenceHashes)[];
  return names.filter((name) => then[name] !== now[name]);
}
