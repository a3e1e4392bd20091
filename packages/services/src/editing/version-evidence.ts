import { type Evidence, invariant, type VersionEvidence } from "@assay/core";
import { listRunRows, type PromptVersionRow, type RunRow, type TenantTx } from "@assay/store";
import type { Platform } from "../context.ts";
import { viewEvidence } from "../promotion/list-evidence.ts";

/** How many of a version's newest runs of all cases are looked at. */
const RUNS_MAX = 5;

/** How far a version is proven; null where no run of all of a suite's cases has finished. */
export async function versionEvidence(
  platform: Platform,
  tx: TenantTx,
  version: PromptVersionRow,
): Promise<VersionEvidence | null> {
  const runs = await listRunRows(tx, {
    promptVersionId: version.id,
    statuses: ["completed"],
    // A part of the cases is never evidence.
    isWhole: true,
    limit: RUNS_MAX,
  });
  const evidence = await viewEvidence(platform, tx, { version, runs });
  const chosen =
    evidence.find((each) => stateOf(each) === "proven") ?? evidence.find(isCurrent) ?? evidence[0];
  const run = runs.find(({ id }) => id === chosen?.runId);
  return chosen === undefined || run === undefined ? null : evidenceOf(chosen, run);
}

function isCurrent(evidence: Evidence): boolean {
  return evidence.isCurrent;
}

function stateOf({ isCurrent, verdict }: Evidence): VersionEvidence["state"] {
  if (!isCurrent) return "stale";
  if (verdict === null) return "measured";
  return ({ pass: "proven", fail: "refused", inconclusive: "inconclusive" } as const)[verdict.outcome];
}

function evidenceOf(evidence: Evidence, { id, summary }: RunRow): VersionEvidence {
  invariant(summary !== null, "a completed run has a summary");
  return {
    state: stateOf(evidence),
    runId: id,
    suite: evidence.suite,
    score: summary.score,
    cases: summary.cases,
    reasons: evidence.reasons,
    finishedAt: evidence.finishedAt,
  };
}
