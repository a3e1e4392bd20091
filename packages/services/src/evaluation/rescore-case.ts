import { type CaseOutcome, invariant, type TokenUsage } from "@assay/core";
import { type ScorerPorts, scoreOutput } from "@assay/evaluator";
import { findResults, type ResultInsert, type ResultRow } from "@assay/store";
import type { Platform } from "../context.ts";
import type { PendingCase } from "./pending-cases.ts";
import type { RunPlan } from "./run-plan.ts";

/**
 * Scores what another run stored for the same case and repeat; the model is not asked. A case without an output there
 * has none here. Time, tokens and cost stay those of the answer.
 */
export async function rescoreCase(
  platform: Platform,
  plan: RunPlan,
  { item, ports }: { item: PendingCase; ports: ScorerPorts },
): Promise<ResultInsert> {
  const { run } = plan;
  invariant(run.rescoreOf !== null, "there is a run whose outputs are scored");
  const { position, repeat, testCase } = item;
  const sourceId = run.rescoreOf;
  const [source] = await platform.store
    .forTenant(run.tenantId)
    .read((tx) => findResults(tx, sourceId, [{ position, repeat }]));
  invariant(source?.caseKey === testCase.key, "a completed run has a result for each of its cases");
  const outcome =
    source.outcome.status === "failed" ? source.outcome : await scoreAgain(plan, { item, ports, source });
  return {
    ...source,
    runId: run.id,
    status: outcome.status,
    score: outcome.status === "scored" ? outcome.score : null,
    passed: outcome.status === "scored" ? outcome.passed : null,
    outcome,
    judgeCostMicros: null,
    reused: true,
  };
}

async function scoreAgain(
  { suiteVersion, promptVersion }: RunPlan,
  { item, ports, source }: { item: PendingCase; ports: ScorerPorts; source: ResultRow },
): Promise<CaseOutcome> {
  const { outcome, latencyMs, costMicros } = source;
  invariant(outcome.status !== "failed", "there is an output");
  return await scoreOutput({
    uses: suiteVersion.spec.scorers,
    passScore: suiteVersion.spec.passScore,
    ports,
    testCase: item.testCase,
    output: outcome.output,
    toolCalls: outcome.toolCalls ?? [],
    tools: promptVersion.content.tools ?? [],
    meanLogprob: outcome.meanLogprob ?? null,
    latencyMs,
    usage: usageOf(source),
    costMicros,
  });
}

function usageOf({ promptTokens, completionTokens }: ResultRow): TokenUsage | undefined {
  return promptTokens === null || completionTokens === null ? undefined : { promptTokens, completionTokens };
}
