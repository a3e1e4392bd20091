import type { EvidenceHashes } from "@assay/core";
import { describeScorers } from "@assay/evaluator";
import type {
  DatasetVersionRow,
  PromptVersionRow,
  ServableModel,
  SuiteVersionRow,
  TenantTx,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import { currentModelHash } from "./current-model-hash.ts";
import { judgesSha256 } from "./find-judges.ts";
import { modelOfVersion } from "./model-of-version.ts";

/** Everything a score depends on. */
export interface EvidenceParts {
  promptVersion: PromptVersionRow;
  suiteVersion: SuiteVersionRow;
  datasetVersion: DatasetVersionRow;
  model: ServableModel;
  /** Of everything that the scorers ask; null when they ask nothing. */
  judges: string | null;
}

/** The hashes of everything a score depends on, as they are now. */
export function evidenceHashes(platform: Platform, parts: EvidenceParts): EvidenceHashes {
  const { promptVersion, suiteVersion, datasetVersion, model, judges } = parts;
  const { scorers, repeats, passesMin, passScore } = suiteVersion.spec;
  return {
    promptVersion: promptVersion.contentSha256,
    model: currentModelHash(platform, model),
    adapter: promptVersion.adapterSha256,
    dataset: datasetVersion.contentSha256,
    // Not the gate: another policy decides anew over the same scores and needs no new run.
    suite: contentHash({ scorers, repeats, ...(passesMin !== undefined && { passesMin }), passScore }),
    scorers: contentHash(describeScorers(scorers)),
    judges,
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
  parts: Omit<EvidenceParts, "model" | "judges">,
): Promise<EvidenceHashes> {
  return evidenceHashes(platform, await withModelAndJudges(platform, tx, parts));
}

/** The parts together with what they name. */
export async function withModelAndJudges<P extends Pick<EvidenceParts, "promptVersion" | "suiteVersion">>(
  platform: Platform,
  tx: TenantTx,
  parts: P,
): Promise<P & Pick<EvidenceParts, "model" | "judges">> {
  const model = await modelOfVersion(tx, parts.promptVersion);
  const judges = await judgesSha256(platform, tx, parts.suiteVersion.spec.scorers);
  return { ...parts, model, judges };
}

/** The names of the hashes that differ: why evidence is stale. Empty when it is current. */
export function changedHashes(then: EvidenceHashes, now: EvidenceHashes): string[] {
  const names = Object.keys(now) as (keyof EvidenceHashes)[];
  return names.filter((name) => then[name] !== now[name]);
}
