import { invariant, type Json, JsonObject, type ScorerUse } from "@assay/core";
import { findScorer, metricName, parseOptions } from "./check-scorers.ts";

/**
 * Everything a score depends on besides the output and the case, as plain data to be hashed into evidence: each
 * scorer's type, revision, metric name, weight, negation, threshold and options with their defaults. `uses` must have passed
 * `checkScorers`.
 */
export function describeScorers(uses: readonly ScorerUse[]): Json {
  return uses.map((use) => {
    const scorer = findScorer(use.type);
    invariant(scorer, `scorer ${use.type} was checked`);
    const { type, revision } = scorer;
    const options = JsonObject.parse(parseOptions(scorer, use));
    const { weight, negate = false, threshold = null } = use;
    return { type, revision, name: metricName(use), weight, negate, threshold, options };
  });
}
