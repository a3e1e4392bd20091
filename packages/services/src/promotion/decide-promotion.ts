import type { EvidenceHashes, Verdict, VerdictClause } from "@assay/core";
import { invariant } from "@assay/core";
import {
  countCutShortRuns,
  findNewestRun,
  type GateInForce,
  nameRuns,
  type PromptVersionRow,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { changedHashes, currentHashes, evidenceSha256 } from "../evaluation/evidence-hashes.ts";
import { type DecidingRun, findDecidingRun } from "../evaluation/find-deciding-run.ts";
import { judgeRun } from "../evaluation/judge-run.ts";
import { explainChanges } from "./explain-changes.ts";

/** A verdict on a version and, where there was current evidence, the run it stands on. */
export interface PromotionDecision {
  verdict: Verdict;
  evidence: { run: RunRow; incumbentRunId: string | null; secondRunId: string | null } | null;
}

/**
 * Holds the deciding run that is evidence for a version as everything is today, on the cases the gate asks for,
 * against a gate. Without such a run the `evidence` clause fails, whatever other runs said.
 */
export async function decidePromotion(
  platform: Platform,
  tx: TenantTx,
  { gate, version }: { gate: GateInForce; version: PromptVersionRow },
): Promise<PromotionDecision> {
  const { suiteVersion, datasetVersion } = gate;
  const policy = suiteVersion.spec.gate;
  invariant(policy !== undefined, "a gate names a suite version with a gate block");
  const hashes = await currentHashes(platform, tx, { promptVersion: version, suiteVersion, datasetVersion });
  const deciding = await findDecidingRun(tx, {
    suiteId: suiteVersion.suiteId,
    promptVersionId: version.id,
    evidenceSha256: evidenceSha256(hashes),
    errorsMax: policy.maxErrors,
  });
  if (deciding === undefined) {
    const message = await whyNoEvidence(tx, { gate, version, hashes });
    const clause: VerdictClause = { clause: "evidence", outcome: "fail", value: null, bound: null, message };
    return { verdict: { outcome: "fail", clauses: [clause] }, evidence: null };
  }
  const { run } = deciding;
  const { verdict, incumbentRunId, secondRunId } = await judgeRun(platform, tx, {
    run,
    suiteVersion,
    policy,
  });
  const cutShort = await sayCutShort(tx, run);
  const message = `${describeEvidence(deciding, version)}${cutShort}`;
  const clause: VerdictClause = { clause: "evidence", outcome: "pass", value: null, bound: null, message };
  return {
    verdict: { outcome: verdict.outcome, clauses: [clause, ...verdict.clauses] },
    evidence: { run, incumbentRunId, secondRunId },
  };
}

/** A decision with one clause more; a clause that does not pass outweighs those that do. */
export function withClause(
  decision: PromotionDecision,
  clause: VerdictClause | undefined,
): PromotionDecision {
  if (clause === undefined) return decision;
  const [evidence, ...rest] = decision.verdict.clauses;
  const outcome = clause.outcome === "pass" ? decision.verdict.outcome : "fail";
  const clauses = evidence === undefined ? [clause] : [evidence, clause, ...rest];
  return { ...decision, verdict: { outcome, clauses } };
}

interface EvidenceWanted {
  gate: GateInForce;
  version: PromptVersionRow;
  hashes: EvidenceHashes;
}

function describeEvidence({ run, isMeasured, runCount }: DecidingRun, version: PromptVersionRow): string {
  const measured = `Run ${run.id} measured version ${version.version} on everything as it is now.`;
  if (!isMeasured && run.stoppedEarly) {
    return `${measured} It stopped after ${run.done} of ${run.total} results, so a run of all cases takes its place.`;
  }
  if (!isMeasured) {
    return `${measured} Too many of its results are errors, so a later run may take its place, three times in all (${runCount} runs so far).`;
  }
  if (runCount === 1) return measured;
  return `${measured} It is the first that did of ${runCount} runs, and decides: a later run confirms it but does not replace it.`;
}

/** A sentence about runs that somebody ended, for who must judge whether they were ended because of what they showed. */
async function sayCutShort(
  tx: TenantTx,
  wanted: Pick<RunRow, "promptVersionId" | "evidenceSha256">,
): Promise<string> {
  const count = await countCutShortRuns(tx, wanted);
  if (count === 0) return "";
  return ` ${count} ${count === 1 ? "run" : "runs"} of the same things ended before the last case.`;
}

/** A run of everything as it is now that does not count, because the model had been asked before. */
async function whyDrawnAgain(tx: TenantTx, run: RunRow, command: string): Promise<string> {
  const cutShort = await sayCutShort(tx, run);
  return `Run ${run.id} asked the model anew although an earlier run had answers already, or while one did that was ended or has not ended, and does not count: what was measured first counts.${cutShort} Run without --no-reuse: ${command}`;
}

async function whyNoEvidence(tx: TenantTx, { gate, version, hashes }: EvidenceWanted): Promise<string> {
  const { suiteSlug, suiteVersion } = gate;
  const ofVersion = { suiteId: suiteVersion.suiteId, promptVersionId: version.id };
  const unfinished = await findNewestRun(tx, {
    ...ofVersion,
    evidenceSha256: evidenceSha256(hashes),
    statuses: ["queued", "running"],
  });
  if (unfinished !== undefined) {
    return `Run ${unfinished.id} of suite "${suiteSlug}" on version ${version.version} has not finished yet.`;
  }
  const command = `assay eval <file of suite ${suiteSlug}> --version ${version.version}`;
  const newest = await findNewestRun(tx, { ...ofVersion, statuses: ["completed"] });
  if (newest === undefined) {
    return `There is no finished run of suite "${suiteSlug}" on version ${version.version}. Run: ${command}`;
  }
  const drawnAgain = await findNewestRun(tx, {
    ...ofVersion,
    evidenceSha256: evidenceSha256(hashes),
    statuses: ["completed"],
  });
  if (drawnAgain !== undefined) return await whyDrawnAgain(tx, drawnAgain, command);
  if (changedHashes(newest.hashes, hashes).includes("dataset")) {
    return await whyOtherCases(tx, { gate, run: newest });
  }
  const { datasetVersion } = gate;
  const reasons = await explainChanges(tx, newest, { version, suiteVersion, datasetVersion, hashes });
  return `Run ${newest.id} is stale. ${reasons.join(" ")} Run again: ${command}`;
}

/** A run on other cases may be the better one, but which cases count is for an admin to say. */
async function whyOtherCases(
  tx: TenantTx,
  { gate, run }: { gate: GateInForce; run: RunRow },
): Promise<string> {
  const { suiteSlug, suiteVersion, datasetVersion } = gate;
  const { prompt, dataset } = suiteVersion.spec;
  const named = (await nameRuns(tx, [run])).get(run.id);
  const measured = named && `version ${named.datasetVersion} of dataset "${named.dataset}"`;
  return `The gate asks for version ${datasetVersion.version} of dataset "${dataset}"; run ${run.id} measured ${measured}. Start a run with "datasetVersion": ${datasetVersion.version}, or let an admin adopt the new cases: assay gates set ${prompt} ${gate.gate.label} --suite ${suiteSlug}`;
}
