import type { Interval, RunSummary } from "@assay/core";
import type { RepeatScore } from "./case-tallies.ts";
import { meanInterval } from "./statistics/mean-interval.ts";
import type { Observation } from "./statistics/observation.ts";
import { percentile } from "./statistics/percentile.ts";
import { NumberColumn, type Pause, type SummaryCases, SummaryColumns } from "./summary-columns.ts";

/** What of a result a summary counts. */
export interface MeasuredRepeat extends RepeatScore {
  latencyMs: number | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costMicros: number | null;
}

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
 * @param pause awaited between stretches of work, for whoever has others to serve
 */
export async function summarizeRun(
  results: AsyncIterable<MeasuredRepeat> | Iterable<MeasuredRepeat>,
  passesMin?: number,
  pause: Pause = async () => undefined,
): Promise<RunSummary> {
  const tally = new RunTally();
  for await (const result of results) tally.add(result);
  return await tally.summary(passesMin, pause);
}

/** Gathers results for a summary, in any order: the same results come to the same summary, to the last digit. */
export class RunTally {
  readonly #columns = new SummaryColumns();
  readonly #use = new ResourceTally();
  #count = 0;

  /** How many results were added. */
  get count(): number {
    return this.#count;
  }

  add(result: MeasuredRepeat): void {
    this.#count += 1;
    this.#columns.add(result);
    this.#use.add(result);
  }

  /** As `summarizeRun` says; once, after everything was added. */
  async summary(passesMin: number | undefined, pause: Pause): Promise<RunSummary> {
    const cases = await this.#columns.cases(passesMin, pause);
    const passShare = shareOf(cases, cases.passed);
    await pause();
    const passHatN = shareOf(cases, cases.allPassed);
    await pause();
    const score = intervalOf(cases, { values: cases.scores });
    await pause();
    const metrics: RunSummary["metrics"] = [];
    for (const { name, ...metric } of cases.metrics) {
      const notScored = metric.scores.filter(Number.isNaN).length;
      metrics.push({
        name,
        score: intervalOf(cases, { values: metric.scores, cases: metric.cases }),
        notScored,
      });
      await pause();
    }
    const tags = await summarizeTags(cases, pause);
    return { ...countCases(cases), passShare, passHatN, score, metrics, tags, ...this.#use.totals() };
  }
}

/** The share of the scored cases that are marked. */
function shareOf(cases: SummaryCases, marks: Uint8Array): Interval {
  return intervalOf(cases, {
    values: cases.scores.map((score, at) => (Number.isNaN(score) ? Number.NaN : (marks[at] ?? 0))),
  });
}

/** The interval of the mean over those values that are known; value n is of case n unless `cases` says of which. */
function intervalOf(
  { groupOf }: SummaryCases,
  { values, cases }: { values: Float64Array; cases?: ArrayLike<number> },
): Interval {
  const observations: Observation[] = [];
  values.forEach((value, at) => {
    if (!Number.isNaN(value)) observations.push({ value, group: groupOf(cases?.[at] ?? at) });
  });
  return meanInterval(observations);
}

function countCases({ count, scores, passed, failed }: SummaryCases) {
  const scored = count - scores.filter(Number.isNaN).length;
  const failures = failed.filter((mark) => mark === 1).length;
  return {
    cases: count,
    scored,
    failed: failures,
    notScored: count - scored - failures,
    passed: passed.filter((mark) => mark === 1).length,
  };
}

async function summarizeTags(cases: SummaryCases, pause: Pause): Promise<RunSummary["tags"]> {
  const byTag = new Map<string, NumberColumn>();
  for (let at = 0; at < cases.count; at++) {
    for (const tag of new Set(cases.tagsOf(at))) {
      const tagged = byTag.get(tag) ?? new NumberColumn();
      tagged.push(at);
      byTag.set(tag, tagged);
    }
  }
  const chosen = [...byTag]
    .map(([tag, tagged]) => ({ tag, places: tagged.values() }))
    .sort((a, b) => b.places.length - a.places.length || (a.tag < b.tag ? -1 : 1))
    .slice(0, TAGS_MAX);
  const tags: RunSummary["tags"] = [];
  for (const { tag, places } of chosen) {
    await pause();
    const values = places.map((at) => cases.scores[at] ?? Number.NaN);
    tags.push({ tag, cases: places.length, score: intervalOf(cases, { values, cases: places }) });
  }
  return tags.sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

class ResourceTally {
  readonly #latenciesMs = new NumberColumn();
  #promptTokens = 0;
  #completionTokens = 0;
  #costMicros: number | null = 0;

  add({ latencyMs, promptTokens, completionTokens, costMicros }: MeasuredRepeat): void {
    if (latencyMs !== null) this.#latenciesMs.push(latencyMs);
    this.#promptTokens += promptTokens ?? 0;
    this.#completionTokens += completionTokens ?? 0;
    this.#costMicros =
      this.#costMicros === null || costMicros === null ? null : this.#costMicros + costMicros;
  }

  totals() {
    const sortedMs = this.#latenciesMs.values().sort();
    return {
      latencyP50Ms: percentile(sortedMs, 0.5),
      latencyP95Ms: percentile(sortedMs, 0.95),
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
      costMicros: this.#costMicros,
    };
  }
}
