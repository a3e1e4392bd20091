import { invariant, type MetricScore, type ScorerUse } from "@assay/core";
import { describeScorers, referencesOfUse } from "@assay/evaluator";
import { listSuiteVersionsUpTo, type SuiteVersionRow, type TenantTx } from "@assay/store";
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

/** More versions of a suite than people write; of older ones nobody is taken for an author. */
const SUITE_VERSIONS_MAX = 1_000;

/**
 * Whoever wrote what a judge goes by: the prompt versions that judge, and the scorer's options, where its criteria or
 * all of its messages stand, in this version of the suite or one before it. Their labels do not count for the judge.
 */
export async function authorsOfJudge(
  tx: TenantTx,
  use: ScorerUse,
  suiteVersion: SuiteVersionRow,
): Promise<Set<string>> {
  const authors = new Set<string>();
  const question = questionOf(use);
  for await (const { id, createdBy, spec } of versionsUpTo(tx, suiteVersion)) {
    const asksIt = id === suiteVersion.id || spec.scorers.some((other) => questionOf(other) === question);
    if (createdBy !== null && asksIt) authors.add(createdBy);
  }
  for (const reference of referencesOfUse(use).judges ?? []) {
    const judge = await findJudge(tx, reference);
    invariant(judge !== undefined, "a prompt version cannot be removed");
    if (judge.version.createdBy !== null) authors.add(judge.version.createdBy);
  }
  return authors;
}

/** All of them, however long: whoever could have one left out could hide that he wrote it. */
async function* versionsUpTo(tx: TenantTx, newest: SuiteVersionRow): AsyncGenerator<SuiteVersionRow> {
  let { version } = newest;
  for (let left = SUITE_VERSIONS_MAX; left > 0; ) {
    const { rows, isCut } = await listSuiteVersionsUpTo(tx, { ...newest, version }, left);
    yield* rows;
    const last = rows.at(-1);
    if (!isCut || last === undefined) return;
    left -= rows.length;
    version = last.version - 1;
  }
}

/** What a scorer asks besides its judge's prompt, whose version has an author of its own. */
function questionOf({ type, options }: ScorerUse): string {
  return contentHash({ type, options: { ...(options as object), judge: null } });
}

/** Does a metric let an output pass? Undefined when it did not score it. */
export function passedBy({ outcome, passed }: MetricScore): boolean | undefined {
  return outcome.status === "scored" ? (passed ?? outcome.score >= PASS_SCORE) : undefined;
}
