import type { EvidenceHashes, Verdict, VerdictClause } from "@assay/core";
import { invariant } from "@assay/core";
import {
  findNewestRun,
  type GateInForce,
  type PromptVersionRow,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import type { Platform } from "../context.ts";
import { changedHashes, currentHashes, evidenceSha256 } from "../evaluation/evidence-hashes.ts";
import { judgeRun } from "../evaluation/judge-run.ts";

/** A verdict on a version and, where there was current evidence, the run it stands on. */
export interface PromotionDecision {
  verdict: Verdict;
  evidence: { run: RunRow; incumbentRunId: string | null } | null;
}

/**
 * Holds the newest run that is evidence for a version as everything is today against a gate. Without such a run the
 * `evidence` clause fails, whatever older runs said.
 */
export async function decidePromotion(
  platform: Platform,
  tx: TenantTx,
  { gate, version }: { gate: GateInForce; version: PromptVersionRow },
): Promise<PromotionDecision> {
  const { suiteVersion } = gate;
  const policy = suiteVersion.spec.gate;
  invariant(policy !== undefined, "a gate names a suite version with a gate block");
  const hashes = await currentHashes(platform, tx, { promptVersion: version, suiteVersion });
  const run = hashes && (await findEvidence(tx, { gate, version, hashes }));
  if (run === undefined) {
    const message = await whyNoEvidence(tx, { gate, version, hashes });
    const clause: VerdictClause = { clause: "evidence", outcome: "fail", value: null, bound: null, message };
    return { verdict: { outcome: "fail", clauses: [clause] }, evidence: null };
  }
  const { verdict, incumbentRunId } = await judgeRun(platform, tx, { run, suiteVersion, policy });
  const message = `Run ${run.id} measured version ${version.version} on everything as it is now.`;
  const clause: VerdictClause = { clause: "evidence", outcome: "pass", value: null, bound: null, message };
  return {
    verdict: { outcome: verdict.outcome, clauses: [clause, ...verdict.clauses] },
    evidence: { run, incumbentRunId },
  };
}

interface EvidenceWanted {
  gate: GateInForce;
  version: PromptVersionRow;
  hashes: EvidenceHashes;
}

async function findEvidence(
  tx: TenantTx,
  { gate, version, hashes }: EvidenceWanted,
): Promise<RunRow | undefined> {
  return await findNewestRun(tx, {
    suiteId: gate.suiteVersion.suiteId,
    promptVersionId: version.id,
    evidenceSha256: evidenceSha256(hashes),
    statuses: ["completed"],
  });
}

async function whyNoEvidence(
  tx: TenantTx,
  { gate, version, hashes }: Omit<EvidenceWanted, "hashes"> & { hashes: EvidenceHashes | undefined },
): Promise<string> {
  const { suiteSlug, suiteVersion } = gate;
  if (hashes === undefined) {
    return `The dataset "${suiteVersion.spec.dataset}" has no version yet; import its cases first.`;
  }
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
  const changed = changedHashes(newest.hashes, hashes).join(", ");
  return `Run ${newest.id} is stale: since then ${changed} changed. Run again: ${command}`;
}
