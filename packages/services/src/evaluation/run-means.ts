import { type EngineTarget, LIMITS } from "@assay/core";
import type { Platform } from "../context.ts";
import { AnswerMemory } from "./answer-memory.ts";
import type { ConnectionLimit } from "./connection-limit.ts";
import { connectionLimit } from "./connection-limits.ts";
import { RunBudget } from "./run-budget.ts";
import type { RunPlan } from "./run-plan.ts";

/** What the cases of one run share while they are carried out. */
export interface RunMeans {
  memory: AnswerMemory;
  limit: ConnectionLimit;
  budget: RunBudget;
  /** How many cases are worked on at a time; how many of them ask the model is the connection's limit. */
  casesInWork: number;
}

export function openRunMeans(platform: Platform, { run, request }: RunPlan): RunMeans {
  const limit = connectionLimit(platform.engine, request.target);
  if (run.concurrency !== null) limit.startFrom(run.concurrency);
  return {
    memory: new AnswerMemory(platform.store.forTenant(run.tenantId), {
      mayRecall: run.reuse === "always",
      now: platform.now,
    }),
    limit,
    budget: new RunBudget(run.budgetMicros, run.spentMicros),
    casesInWork: run.concurrency ?? casesInWork(request.target),
  };
}

/** Twice what may ask, so that one is ready to ask whenever a place is free. */
function casesInWork({ kind }: EngineTarget): number {
  return kind === "local" ? 2 * LIMITS.runConcurrencyLocalMax : LIMITS.runConcurrencyMax;
}
