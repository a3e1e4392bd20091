import type { ScorerPorts } from "@assay/evaluator";
import type { ServableModel } from "@assay/store";
import type { Platform } from "../context.ts";
import { callWebhook } from "./call-webhook.ts";
import { embedTexts } from "./embed-texts.ts";

const unavailable = async () => ({ status: "failed" as const, reason: "this server cannot ask it yet" });

export interface ScoringRun {
  tenantId: string;
  runId: string;
  /** The version's own model. */
  ownModel: ServableModel;
  signal: AbortSignal;
}

/**
 * What the scorers of one case may reach: judges and embeddings of the tenant's own models, its web hooks, and on the
 * user's own machine the user's own scripts.
 */
export function scorerPorts(platform: Platform, run: ScoringRun): ScorerPorts {
  const { scripts } = platform;
  return {
    ask: unavailable,
    embed: (texts, model) => embedTexts(platform, run, { texts, model }),
    send: (call) => callWebhook(platform, run, call),
    runScript: async (call) =>
      scripts === null
        ? { status: "failed", reason: "scripts run on your own machine only, with --local" }
        : await scripts.run(call, run.signal),
  };
}
