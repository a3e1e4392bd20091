import { type EngineTarget, LIMITS } from "@assay/core";
import { asksOthers } from "@assay/evaluator";
import type { Platform } from "../context.ts";
import { AnswerMemory } from "./answer-memory.ts";
import { AskingPlaces } from "./asking-places.ts";
import { connectionLimit } from "./connection-limits.ts";
import { RunBudget } from "./run-budget.ts";
import type { RunPlan } from "./run-plan.ts";
import { type TurnShares, turnShares } from "./turn-shares.ts";

/** What the cases of one run share while they are carried out, its turns with the other runs of the process. */
export interface RunMeans extends TurnShares {
  memory: AnswerMemory;
  budget: RunBudget;
  /** How many cases are worked on at a time; how many of them ask the model is the connection's limit, and `asking`. */
  casesInWork: number;
  /** How many cases may ask at a time, as the run says. */
  asking: AskingPlaces;
  /** Does a case give its place at the model back once it is answered? Not where its scorers may ask the same model. */
  leavesWhenAnswered: boolean;
}

export function openRunMeans(platform: Platform, { run, request, suiteVersion }: RunPlan): RunMeans {
  if (request !== null && run.concurrency !== null) {
    connectionLimit(platform.engine, request.target).startFrom(run.concurrency);
  }
  const asking = run.concurrency ?? casesInWork(request?.target);
  return {
    memory: new AnswerMemory(platform.store.forTenant(run.tenantId), {
      mayRecall: run.reuse === "always",
      now: platform.now,
    }),
    budget: new RunBudget(run.budgetMicros, run.spentMicros),
    casesInWork: asking + (run.concurrency === null ? 0 : preparedCases(run)),
    asking: new AskingPlaces(asking),
    leavesWhenAnswered: !asksOthers(suiteVersion.spec.scorers),
    ...turnShares(platform.store),
  };
}

/**
 * Cases made ready while others ask, so that a place is never free for long. None where one case more could be one too
 * many: a run that may end with any case, or that counts money.
 */
function preparedCases({ concurrency, stopEarly, budgetMicros }: RunPlan["run"]): number {
  return stopEarly || budgetMicros !== null ? 0 : Math.floor((concurrency ?? 0) / 4);
}

/** Twice what may ask, so that one is ready to ask whenever a place is free. */
function casesInWork(target: EngineTarget | undefined): number {
  return target?.kind !== "hosted" ? 2 * LIMITS.runConcurrencyLocalMax : LIMITS.runConcurrencyMax;
}
