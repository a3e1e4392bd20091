import { setImmediate as nextTurn } from "node:timers/promises";
import { type EvidenceHashes, type GatePolicy, invariant, type Verdict } from "@assay/core";
import { decideGateInTurns, type GateInput, metricsOfPolicy, outcomeOfClauses } from "@assay/evaluator";
import {
  findPromptVersionById,
  type PromptVersionRow,
  type RunRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { loadJudgeStandings } from "../annotation/load-judge-standings.ts";
import type { Platform } from "../context.ts";
import { currentModelHash } from "./current-model-hash.ts";
import { evidenceSha256 } from "./evidence-hashes.ts";
import { findDecidingRun } from "./find-deciding-run.ts";
import { findIncumbents } from "./find-incumbents.ts";
import { loadCaseScores } from "./load-case-scores.ts";
import { loadRunOrder } from "./load-run-order.ts";
import { modelOfVersion } from "./model-of-version.ts";

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
  /** Of the second version that it was held against, if any. */
  secondRunId: string | null;
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
  const { incumbentRunId, secondRunId, rolledBackFrom, ...opposite } = await loadOpposite(
    platform,
    tx,
    judged,
  );
  const input = {
    policy,
    candidate: await loadCaseScores(tx, run, kept),
    ...opposite,
    ...(run.stoppedEarly && { stoppedEarly: await loadRunOrder(platform, tx, { run, repeats }) }),
  };
  const verdict = await decideGateInTurns(input, nextTurn);
  if (rolledBackFrom === null) return { verdict, incumbentRunId, secondRunId };
  const other = await decideGateInTurns({ ...input, ...rolledBackFrom }, nextTurn);
  return { verdict: againstBoth(verdict, other), incumbentRunId, secondRunId };
}

/** What a run is held against, besides its policy. */
export interface Opposite extends Pick<GateInput, "incumbent" | "incumbentVersion" | "judges"> {
  incumbentRunId: string | null;
  secondRunId: string | null;
  /** A second version that it must not be worse than. */
  rolledBackFrom: Pick<GateInput, "incumbent" | "incumbentVersion"> | null;
}

export async function loadOpposite(
  platform: Platform,
  tx: TenantTx,
  { run, suiteVersion, policy }: ToBeJudged,
): Promise<Opposite> {
  const candidate = await findPromptVersionById(tx, run.promptVersionId);
  invariant(candidate !== undefined, "a version with a run cannot be removed");
  const judges = await loadJudgeStandings(platform, tx, {
    suiteVersion,
    policy,
    candidate,
    datasetSha256: run.hashes.dataset,
  });
  const at = { promptId: suiteVersion.promptId, label: policy.label };
  const [incumbent, second] = await findIncumbents(tx, { ...at, candidateId: candidate.id });
  const scoresOf = (version: PromptVersionRow) =>
    loadIncumbent(platform, tx, { version, run, suiteVersion, policy });
  const { runId, ...first } = incumbent === undefined ? NO_INCUMBENT : await scoresOf(incumbent);
  const { runId: secondRunId, ...rolledBackFrom } =
    second === undefined ? NO_INCUMBENT : await scoresOf(second);
  return {
    judges,
    ...first,
    incumbentRunId: runId,
    secondRunId,
    rolledBackFrom: second === undefined ? null : rolledBackFrom,
  };
}

const NO_INCUMBENT = { incumbent: null, incumbentVersion: null, runId: null };

async function loadIncumbent(
  platform: Platform,
  tx: TenantTx,
  { version, run, suiteVersion, policy }: ToBeJudged & { version: PromptVersionRow },
): Promise<Pick<GateInput, "incumbent" | "incumbentVersion"> & { runId: string | null }> {
  const hashes = await comparableEvidence(platform, tx, { version, hashes: run.hashes });
  const deciding = await findDecidingRun(tx, {
    suiteId: suiteVersion.suiteId,
    promptVersionId: version.id,
    evidenceSha256: evidenceSha256(hashes),
    errorsMax: policy.maxErrors,
  });
  const incumbentVersion = version.version;
  // A run that errors spoiled measured nothing: compared with it, no case could flip and no score regress.
  if (deciding?.isMeasured !== true) return { incumbent: null, incumbentVersion, runId: null };
  const { passesMin } = suiteVersion.spec;
  const kept = { passesMin, metrics: metricsOfPolicy(policy) };
  const incumbent = await loadCaseScores(tx, deciding.run, kept);
  return { incumbent, incumbentVersion, runId: deciding.run.id };
}

const RELATIVE: ReadonlySet<string> = new Set(["maxRegression", "minImprovement", "noFlips"]);

/** The clauses of the first verdict, and those of the second that are about its incumbent. */
function againstBoth(first: Verdict, second: Verdict): Verdict {
  const clauses = [...first.clauses, ...second.clauses.filter(({ clause }) => RELATIVE.has(clause))];
  return { outcome: outcomeOfClauses(clauses), clauses };
}
