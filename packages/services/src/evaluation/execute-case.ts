import { type GenerateRequest, generateWhole, invariant, type Price, type TokenUsage } from "@assay/core";
import { type CaseRun, runCase, type ScorerPorts } from "@assay/evaluator";
import type { ResultInsert } from "@assay/store";
import type { Platform } from "../context.ts";
import { costMicros } from "../serving/cost-micros.ts";
import { answerKey } from "./answer-key.ts";
import type { AskingPlace } from "./asking-places.ts";
import { connectionLimit } from "./connection-limits.ts";
import { estimateMicros } from "./estimate-micros.ts";
import { JudgeCosts } from "./judge-costs.ts";
import type { PendingCase } from "./pending-cases.ts";
import { rescoreCase } from "./rescore-case.ts";
import type { BudgetShare } from "./run-budget.ts";
import type { RunMeans } from "./run-means.ts";
import type { RunPlan } from "./run-plan.ts";
import { scorerPorts } from "./scorer-ports.ts";
import { systemClock } from "./system-clock.ts";

/** What a case used that failed before anything was asked of the engine: known, and nothing. */
const NO_USAGE: TokenUsage = { promptTokens: 0, completionTokens: 0 };

export interface CaseInRun {
  platform: Platform;
  plan: RunPlan;
  means: RunMeans;
  item: PendingCase;
  share: BudgetShare;
  place: AskingPlace;
  signal: AbortSignal;
}

/** One result, and what was spent on it now: nothing where the answer was known. */
export interface FinishedCase {
  row: ResultInsert;
  spentMicros: number;
}

/** Carries out one repeat of one case; a new answer is left with the run's memory, to be stored with the result. */
export async function executeCase(work: CaseInRun): Promise<FinishedCase> {
  const { platform, plan, means, item, share, signal } = work;
  const { run, model, request } = plan;
  const judgeCosts = new JudgeCosts();
  const ports = scorerPorts(platform, {
    tenantId: run.tenantId,
    runId: run.id,
    ownModel: model,
    asked: plan.asked,
    means,
    share,
    judgeCosts,
    signal,
  });
  const row =
    request === null
      ? await rescoreCase(platform, plan, { item, ports })
      : await askAndScore(work, { request, ports });
  return { row: { ...row, judgeCostMicros: judgeCosts.total() }, spentMicros: share.spentMicros };
}

async function askAndScore(
  work: CaseInRun,
  { request, ports }: { request: Omit<GenerateRequest, "input">; ports: ScorerPorts },
): Promise<ResultInsert> {
  const { platform, plan, means, item, share, signal } = work;
  const { run, suiteVersion, promptVersion, model } = plan;
  // A case makes one request, however often it is sent.
  let key: string | undefined;
  const keyOf = (asked: GenerateRequest) => {
    key ??= answerKey(asked, { ...plan.answerer, repeat: item.repeat });
    return key;
  };
  const caseRun = await runCase({
    content: promptVersion.content,
    testCase: item.testCase,
    repeat: item.repeat,
    request,
    generate: (asked, call) => generateWhole(platform.engine, asked, call),
    recall: (asked) => means.memory.recall(keyOf(asked)),
    keep: (asked, answer) => {
      // Now, because a case that its scorers cut short has been paid for all the same. An answer without usage may
      // have cost all that was reserved for it: unknown is not zero.
      share.spentMicros += costMicros(model.price, answer.usage) ?? share.reservedMicros;
      means.memory.keep(keyOf(asked), answer);
    },
    enter: async (asked) => {
      await work.place.take(signal);
      await reserveOnce(work, asked);
      const place = await connectionLimit(platform.engine, request.target).enter(run.tenantId, signal);
      await means.sending.take(run.tenantId);
      return place;
    },
    answered: async () => {
      if (means.leavesWhenAnswered) work.place.leave();
      await means.scoring.take(run.tenantId);
    },
    tenantId: run.tenantId,
    uses: suiteVersion.spec.scorers,
    passScore: suiteVersion.spec.passScore,
    ports,
    costOf: (usage) => costMicros(model.price, usage),
    signal,
    clock: systemClock,
  });
  const row = resultOf(plan, item, caseRun);
  if (caseRun.answer === undefined && caseRun.attempts > 0) share.spentMicros += row.costMicros ?? 0;
  return row;
}

/** Once per case: what is asked again after a failure was not answered before. */
async function reserveOnce({ plan, means, share }: CaseInRun, asked: GenerateRequest): Promise<void> {
  if (plan.run.budgetMicros === null || share.reservedMicros > 0) return;
  await means.budget.reserve(share, estimateMicros(requirePrice(plan.model.price), asked));
}

function requirePrice(price: Price | null): Price {
  invariant(price !== null, "a run with a budget is refused while its model has no price");
  return price;
}

function resultOf(
  { run, model }: RunPlan,
  { position, repeat, testCase }: PendingCase,
  caseRun: CaseRun,
): ResultInsert {
  const { outcome, latencyMs, reused } = caseRun;
  const usage = caseRun.attempts === 0 && !reused ? NO_USAGE : caseRun.usage;
  return {
    runId: run.id,
    position,
    repeat,
    caseKey: testCase.key,
    tags: testCase.tags,
    group: testCase.group ?? null,
    status: outcome.status,
    score: outcome.status === "scored" ? outcome.score : null,
    passed: outcome.status === "scored" ? outcome.passed : null,
    outcome,
    latencyMs,
    promptTokens: usage?.promptTokens ?? null,
    completionTokens: usage?.completionTokens ?? null,
    costMicros: costMicros(model.price, usage),
    judgeCostMicros: null,
    reused,
  };
}
