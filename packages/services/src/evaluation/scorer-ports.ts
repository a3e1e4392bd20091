import type { ScorerPorts } from "@assay/evaluator";
import type { ServableModel } from "@assay/store";
import type { Platform } from "../context.ts";
import { askJudge } from "./ask-judge.ts";
import { callWebhook } from "./call-webhook.ts";
import { embedTexts } from "./embed-texts.ts";
import type { JudgeCosts } from "./judge-costs.ts";
import type { PinnedAsked } from "./pinned-asked.ts";
import type { BudgetShare } from "./run-budget.ts";
import type { RunMeans } from "./run-means.ts";
import { runScoringThread } from "./scoring-thread.ts";

export interface ScoringRun {
  tenantId: string;
  runId: string;
  /** The version's own model. */
  ownModel: ServableModel;
  /** What the run's hashes say that its scorers ask. */
  asked: PinnedAsked;
  signal: AbortSignal;
  /** What the cases of the run share, and this case's part of the budget: judges are asked within them. */
  means: RunMeans;
  share: BudgetShare;
  /** Gathers what the judges cost. */
  judgeCosts: JudgeCosts;
}

/**
 * What the scorers of one case may reach: judges and embeddings of the tenant's own models, its web hooks, and on the
 * user's own machine the user's own scripts.
 */
export function scorerPorts(platform: Platform, run: ScoringRun): ScorerPorts {
  const { scripts } = platform;
  return {
    ask: (question) => askJudge(platform, run, question),
    embed: (texts, model) => embedTexts(platform, run, { texts, model }),
    send: (call) => callWebhook(platform, run, call),
    runScript: async (call) =>
      scripts === null
        ? { status: "failed", reason: "scripts run on your own machine only, with --local" }
        : await scripts.run(call, run.signal),
    judgeBeside: (task) => runScoringThread.judge(run.tenantId, task, run.signal),
  };
}
