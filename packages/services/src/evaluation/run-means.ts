import { type EngineTarget, LIMITS } from "@assay/core";
import type { Platform } from "../context.ts";
import { AnswerMemory } from "./answer-memory.ts";
import { connectionLimit } from "./connection-limits.ts";
import { RunBudget } from "./run-budget.ts";
import type { RunPlan } from "./run-plan.ts";

/** What the cases of one run share while they are carried out. */
export interface RunMeans {
  memory: AnswerMemory;
  budget: RunBudget;
  /** How many cases are worked on at a time; how many of them ask the model is the connection's limit. */
  casesInWork: number;
}

export function openRunMeans(platform: Platform, { run, request }: RunPlan): RunMeans {
  if (request !== null && run.concurrency !== null) {
    connectionLimit(platform.engine, request.target).startFrom(run.concurrency);
  }
  return {
    memory: new AnswerMemory(platform.store.forTenant(run.tenantId), {
      mayRecall: run.reuse === "always",
      now: platform.now,
    }),
    budget: new RunBudget(run.budgetMicros, run.spentMicros),
    casesInWork: run.concurrency ?? casesInWork(request?.target),
  };
}

/** Twice what may ask, so that one is ready to ask whenever a place is free. */
function casesInWork(target: EngineTarget | undefined): number {
  return target?.kind !== "hosted" ? 2 * LIMITS.runConcurrencyLocalMax : LIMITS.runConcurrencyMax;
}
