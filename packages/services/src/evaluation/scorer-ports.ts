import type { ScorerPorts } from "@assay/evaluator";

const unavailable = async () => ({ status: "failed" as const, reason: "this server cannot ask it yet" });

/** What the scorers of one case may reach: judges and embeddings of the tenant's own models, and its web hooks. */
export function scorerPorts(): ScorerPorts {
  return { ask: unavailable, embed: unavailable, send: unavailable, runScript: unavailable };
}
