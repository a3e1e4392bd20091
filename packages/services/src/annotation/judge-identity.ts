import { invariant, type MetricScore, type ScorerUse } from "@assay/core";
import { describeScorers, referencesOfUse } from "@assay/evaluator";
import type { TenantTx } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Platform } from "../context.ts";
import { describeAsked, findJudge } from "../evaluation/find-judges.ts";

/** A score without a threshold of its own passes from here on. */
const PASS_SCORE = 0.5;

/**
 * SHA-256 of a judge as it is at this moment: what it asks, by content, with the scorer's type, revision and options.
 * Neither the metric's name nor its weight: they change nothing about a verdict.
 */
export async function judgeSha256(platform: Platform, tx: TenantTx, use: ScorerUse): Promise<string> {
  const [described] = describeScorers([use]) as [{ options: { judge?: unknown } }];
  const { judge: _, ...options } = described.options;
  const { type, revision, negate, threshold } = described as unknown as Record<string, never>;
  const asked = await describeAsked(platform, tx, use);
  return contentHash({ type, revision, negate, threshold, options, asked });
}

/** Whoever wrote the prompt versions that judge: their labels do not count for these judges. */
export async function authorsOfJudge(tx: TenantTx, use: ScorerUse): Promise<Set<string>> {
  const authors = new Set<string>();
  for (const reference of referencesOfUse(use).judges ?? []) {
    const judge = await findJudge(tx, reference);
    invariant(judge !== undefined, "a prompt version cannot be removed");
    if (judge.version.createdBy !== null) authors.add(judge.version.createdBy);
  }
  return authors;
}

/** Does a metric let an output pass? Undefined when it did not score it. */
export function passedBy({ outcome, passed }: MetricScore): boolean | undefined {
  return outcome.status === "scored" ? (passed ?? outcome.score >= PASS_SCORE) : undefined;
}
