import type { Interval, RunSummary } from "@assay/core";
import { type CaseScores, CaseTallies } from "./case-tallies.ts";
import { type GroupedResult, repeatOf } from "./grouped-result.ts";
import { meanInterval } from "./statistics/mean-interval.ts";
import type { Observation } from "./statistics/observation.ts";
import { percentile } from "./statistics/percentile.ts";

/** A summary is read by people: past this many tags it keeps those with the most cases. */
const TAGS_MAX = 200;

/**
 * A run in numbers. Cases are counted once, however often each was repeated: as `failed` when a repeat has no output,
 * else as `notScored` when a repeat could not be judged, else as `scored`; means are over scored cases alone, their
 * repeats averaged first. Latencies are of every answer.
 *
 * pass^n is the share of cases of which all n repeats pass, the estimator C(c, n) / C(n, n) of Yao et al., "τ-bench",
 * arXiv 2406.12045 (2024).
 *
 * @param passesMin how many repeats of a case must pass; all of them unless said
 */
export async function summarizeRun(
  results: AsyncIterable<GroupedResult> | Iterable<GroupedResult>,
  passesMin?: number,
): Promise<RunSummary> {
  const tallies = new CaseTallies({ passesMin });
  const metrics = new MetricTallies();
  const use = new ResourceTally();
  for await (const result of results) {
    tallies.add(repeatOf(result));
    metrics.add(result);
    use.add(result);
  }
  const cases = tallies.cases();
  return {
    ...countCases(cases),
    passShare: shareOf(cases, ({ passed }) => passed),
    passHatN: shareOf(cases, ({ passes, repeats }) => passes === repeats),
    score: scoreInterval(cases),
    metrics: metrics.summaries(),
    tags: summarizeTags(cases),
    ...use.totals(),
  };
}

function shareOf(cases: readonly CaseScores[], has: (one: CaseScores) => boolean): Interval {
  const scored = cases.filter(({ score }) => score !== null);
  return meanInterval(scored.map((one) => ({ value: has(one) ? 1 : 0, group: one.group })));
}

/** The interval of the mean over those of `cases` that have a score. */
function scoreInterval(cases: readonly CaseScores[]): Interval {
  return meanInterval(cases.flatMap(observationOf));
}

function observationOf({ score, group }: CaseScores): Observation[] {
  return score === null ? [] : [{ value: score, group }];
}

function countCases(cases: readonly CaseScores[]) {
  const scored = cases.filter(({ score }) => score !== null).length;
  const failed = cases.filter((one) => one.failed > 0).length;
  return {
    cases: cases.length,
    scored,
    failed,
    notScored: cases.length - scored - failed,
    passed: cases.filter(({ passed }) => passed).length,
  };
}

function summarizeTags(cases: readonly CaseScores[]): RunSummary["tags"] {
  const byTag = new Map<string, CaseScores[]>();
  for (const one of cases) {
    for (const tag of new Set(one.tags)) {
      const tagged = byTag.get(tag);
      if (tagged === undefined) byTag.set(tag, [one]);
      else tagged.push(one);
    }
  }
  return [...byTag]
    .sort(([a, casesA], [b, casesB]) => casesB.length - casesA.length || (a < b ? -1 : 1))
    .slice(0, TAGS_MAX)
    .map(([tag, tagged]) => ({ tag, cases: tagged.length, score: scoreInterval(tagged) }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** Each metric by itself: a case that one metric could not judge may still have a score from another. */
class MetricTallies {
  readonly #byName = new Map<string, CaseTallies>();

  add({ outcome, ...result }: GroupedResult): void {
    if (outcome.status === "failed") return;
    for (const { name, outcome: metric } of outcome.metrics) {
      let tallies = this.#byName.get(name);
      if (tallies === undefined) {
        tallies = new CaseTallies();
        this.#byName.set(name, tallies);
      }
      const { caseKey, group = null, tags } = result;
      tallies.add({
        caseKey,
        group,
        tags,
        outcome: metric.status === "scored" ? { ...metric, passed: true } : metric,
      });
    }
  }

  summaries(): RunSummary["metrics"] {
    return [...this.#byName].map(([name, tallies]) => {
      const cases = tallies.cases();
      const notScored = cases.filter(({ score }) => score === null).length;
      return { name, score: scoreInterval(cases), notScored };
    });
  }
}

class ResourceTally {
  readonly #latenciesMs: number[] = [];
  #promptTokens = 0;
  #completionTokens = 0;
  #costMicros: number | null = 0;

  add({ latencyMs, promptTokens, completionTokens, costMicros }: GroupedResult): void {
    if (latencyMs !== null) this.#latenciesMs.push(latencyMs);
    this.#promptTokens += promptTokens ?? 0;
    this.#completionTokens += completionTokens ?? 0;
    this.#costMicros =
      this.#costMicros === null || costMicros === null ? null : this.#costMicros + costMicros;
  }

  totals() {
    const sortedMs = this.#latenciesMs.toSorted((a, b) => a - b);
    return {
      latencyP50Ms: percentile(sortedMs, 0.5),
      latencyP95Ms: percentile(sortedMs, 0.95),
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
      costMicros: this.#costMicros,
    };
  }
}
