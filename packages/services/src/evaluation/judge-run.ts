import { setImmediate as nextTurn } from "node:timers/promises";
import { type EvidenceHashes, type GatePolicy, invariant, type Verdict } from "@assay/core";
import { decideGateInTurns, type GateInput, metricsOfPolicy } from "@assay/evaluator";
import {
  findLabelRow,
  findPromptVersionById,
  type PromptVersionRow,
  type RunRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { loadJudgeStandings } from "../annotation/load-judge-standings.ts";
import type { Platform } from "../context.ts";
import { rightfulVersionId } from "../promotion/effective-version.ts";
import { currentModelHash } from "./current-model-hash.ts";
import { evidenceSha256 } from "./evidence-hashes.ts";
import { findDecidingRun } from "./find-deciding-run.ts";
import { loadCaseScores } from "./load-case-scores.ts";
import { loadRunOrder } from "./load-run-order.ts";
import { modelOfVersion } from "./model-of-version.ts";

/** The version a candidate must not be worse than: what the label holds in its own right, overrides left out. */
export async function findIncumbent(
  tx: TenantTx,
  { promptId, label }: { promptId: string; label: string },
): Promise<PromptVersionRow | undefined> {
  const row = await findLabelRow(tx, { promptId, label });
  const versionId = row && rightfulVersionId(row);
  return versionId == null ? undefined : await findPromptVersionById(tx, versionId);
}

/** What a run of `version` must be evidence for, to be comparable with a run of these hashes. */
export async function comparableEvidence(
  platform: Platform,
  tx: TenantTx,
  { version, hashes }: { version: PromptVersionRow; hashes: EvidenceHashes },
): Promise<EvidenceHashes> {
  const model = await modelOfVersion(tx, version);
  return {
    ...hashes,
    promptVersion: version.contentSha256,
    model: currentModelHash(platform, model),
    adapter: version.adapterSha256,
    engineBuild: platform.engineBuildOf(model.kind),
  };
}

interface Judgement {
  verdict: Verdict;
  incumbentRunId: string | null;
}

interface JudgedRun {
  run: RunRow;
  suiteVersion: SuiteVersionRow;
  policy: GatePolicy;
}

/** The same before there is a run. */
interface ToBeJudged extends Omit<JudgedRun, "run"> {
  run: Pick<RunRow, "promptVersionId" | "hashes">;
}

/**
 * Holds a run whose results are complete, or that stopped early, against a policy, paired with the incumbent's
 * comparable run that decides.
 */
export async function judgeRun(platform: Platform, tx: TenantTx, judged: JudgedRun): Promise<Judgement> {
  const { run, suiteVersion, policy } = judged;
  const { passesMin, repeats } = suiteVersion.spec;
  const kept = { passesMin, metrics: metricsOfPolicy(policy) };
  const { incumbentRunId, ...opposite } = await loadOpposite(platform, tx, judged);
  const input = {
    policy,
    candidate: await loadCaseScores(tx, run, kept),
    ...opposite,
    ...(run.stoppedEarly && { stoppedEarly: await loadRunOrder(platform, tx, { run, repeats }) }),
  };
  const verdict = await decideGateInTurns(input, nextTurn);
  return { verdict, incumbentRunId };
}

/** What a run is held against, besides its policy. */
export interface Opposite extends Pick<GateInput, "incumbent" | "incumbentVersion" | "judges"> {
  incumbentRunId: string | null;
}

/** A version that is measured again is not compared with itself: there is nothing it could regress from. */
export async function loadOpposite(
  platform: Platform,
  tx: TenantTx,
  { run, suiteVersion, policy }: ToBeJudged,
): Promise<Opposite> {
  const candidate = await findPromptVersionById(tx, run.promptVersionId);
  invariant(candidate !== undefined, "a version with a run cannot be removed");
  const judges = await loadJudgeStandings(platform, tx, { suiteVersion, policy, candidate });
  const incumbent = await findIncumbent(tx, { promptId: suiteVersion.promptId, label: policy.label });
  if (incumbent === undefined || incumbent.id === run.promptVersionId) {
    return { judges, incumbent: null, incumbentVersion: null, incumbentRunId: null };
  }
  const hashes = await comparableEvidence(platform, tx, { version: incumbent, hashes: run.hashes });
  const deciding = await findDecidingRun(tx, {
    suiteId: suiteVersion.suiteId,
    promptVersionId: incumbent.id,
    evidenceSha256: evidenceSha256(hashes),
    errorsMax: policy.maxErrors,
  });
  const { passesMin } = suiteVersion.spec;
  const kept = { passesMin, metrics: metricsOfPolicy(policy) };
  return {
    judges,
    // A run that errors spoiled measured nothing: compared with it, no case could flip and no score regress.
    incumbent: deciding?.isMeasured === true ? await loadCaseScores(tx, deciding.run, kept) : null,
    incumbentVersion: incumbent.version,
    incumbentRunId: deciding?.isMeasured === true ? deciding.run.id : null,
  };
}
