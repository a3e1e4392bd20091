import { setImmediate as nextTurn } from "node:timers/promises";
import type { EvidenceHashes, PlannedRun, RunPower, TokenUsage } from "@assay/core";
import type { CaseScores } from "@assay/evaluator";
import {
  findNewestRun,
  listCaseFacts,
  listRunRows,
  type RunRow,
  sumJudgeCosts,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { costMicros } from "../serving/cost-micros.ts";
import type { VerbInput } from "../verb.ts";
import { type EvidenceParts, evidenceHashes } from "./evidence-hashes.ts";
import { findBaselines } from "./find-baselines.ts";
import { findRunnable } from "./find-runnable.ts";
import { loadOpposite } from "./judge-run.ts";
import { loadCaseScores } from "./load-case-scores.ts";
import { powerOf } from "./power-of.ts";
import { type RunScope, resolveScope, scopedHashes } from "./run-scope.ts";

const CASES_PER_PAGE = 250;
/** Read by people who choose among them. */
const TAGS_MAX = 100;

/** What `startRun` would queue for the same draft, and what an earlier run says of it. Reads only. */
export async function planRun(context: Context, draft: VerbInput<"planRun">): Promise<PlannedRun> {
  return await oneAtATime(context.tenant.tenantId, () =>
    context.tenant.read(async (tx) => {
      const scope = await resolveScope(context, tx, draft);
      const parts = await findRunnable(context, tx, { scope, lock: false });
      const hashes = scopedHashes(evidenceHashes(context.platform, parts), scope);
      const { suiteVersion, promptVersion, datasetVersion } = parts;
      const { spec } = suiteVersion;
      const baselines = await findBaselines(context.platform, tx, { parts, hashes });
      const cases = scope.caseCount ?? datasetVersion.caseCount;
      const earlier = await findEarlierRun(tx, parts);
      return {
        suite: scope.draft.suite,
        suiteVersion: suiteVersion.version,
        prompt: spec.prompt,
        promptVersion: promptVersion.version,
        dataset: spec.dataset,
        datasetVersion: datasetVersion.version,
        cases,
        repeats: spec.repeats,
        incumbentVersion: baselines[0]?.incumbent.version ?? null,
        measuresIncumbent: baselines.some(({ runId }) => runId === null),
        isEvidence: hashes.selection === null,
        ...(await expectedCosts(tx, { parts, scope, earlier, results: cases * spec.repeats })),
        earlierRunId: earlier?.id ?? null,
        power: await expectedPower(context, tx, { parts, hashes, cases, earlier }),
        tags: await countTags(tx, datasetVersion.id),
      };
    }),
  );
}

/** The newest completed run of the suite on this version, else on any. */
async function findEarlierRun(
  tx: TenantTx,
  { suiteVersion: { suiteId }, promptVersion }: EvidenceParts,
): Promise<RunRow | undefined> {
  const ofVersion = await findNewestRun(tx, {
    suiteId,
    promptVersionId: promptVersion.id,
    statuses: ["completed"],
  });
  return ofVersion ?? (await listRunRows(tx, { suiteId, statuses: ["completed"], limit: 1 }))[0];
}

interface Expected {
  parts: EvidenceParts;
  scope: RunScope;
  earlier: RunRow | undefined;
  results: number;
}

async function expectedCosts(
  tx: TenantTx,
  { parts, scope, earlier, results }: Expected,
): Promise<Pick<PlannedRun, "costMicros" | "judgeCostMicros">> {
  const summary = earlier?.summary;
  if (earlier === undefined || summary == null || earlier.done === 0) {
    return { costMicros: scope.source === null ? null : 0, judgeCostMicros: null };
  }
  const share = results / earlier.done;
  const usage: TokenUsage = {
    promptTokens: Math.ceil(summary.promptTokens * share),
    completionTokens: Math.ceil(summary.completionTokens * share),
  };
  const judges = await sumJudgeCosts(tx, earlier.id);
  return {
    // Stored outputs are scored again; nothing is asked of the model.
    costMicros: scope.source === null ? costMicros(parts.model.price, usage) : 0,
    judgeCostMicros: judges === null ? null : Math.ceil(judges * share),
  };
}

async function expectedPower(
  context: Context,
  tx: TenantTx,
  about: { parts: EvidenceParts; hashes: EvidenceHashes; cases: number; earlier: RunRow | undefined },
): Promise<RunPower | null> {
  const { parts, hashes, cases, earlier } = about;
  const { suiteVersion, promptVersion } = parts;
  const { gate: policy, passesMin } = suiteVersion.spec;
  if (policy === undefined || hashes.selection !== null) return null;
  const run = { promptVersionId: promptVersion.id, hashes };
  const { incumbent } = await loadOpposite(context.platform, tx, { run, suiteVersion, policy });
  let scores: readonly CaseScores[] | null = incumbent;
  if (scores === null && earlier?.hashes.dataset === hashes.dataset) {
    scores = await loadCaseScores(tx, earlier, { passesMin });
  }
  return powerOf({ policy, cases, earlier: scores ?? [] });
}

async function countTags(tx: TenantTx, datasetVersionId: string): Promise<PlannedRun["tags"]> {
  const counts = new Map<string, number>();
  let after = -1;
  for (;;) {
    const page = await listCaseFacts(tx, datasetVersionId, { after, limit: CASES_PER_PAGE });
    for (const { tags } of page) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
    await nextTurn();
  }
  return [...counts]
    .map(([tag, cases]) => ({ tag, cases }))
    .sort((a, b) => b.cases - a.cases || (a.tag < b.tag ? -1 : 1))
    .slice(0, TAGS_MAX);
}
