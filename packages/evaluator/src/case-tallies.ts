/** One case of a run, all its repeats together. */
export interface CaseScores {
  caseKey: string;
  group: string | null;
  tags: readonly string[];
  /** Mean over the repeats; null unless every repeat was scored. */
  score: number | null;
  /** Enough of its repeats passed. */
  passed: boolean;
  /** Repeats that passed. */
  passes: number;
  /** Repeats there are, however they ended. */
  repeats: number;
  /** Repeats without an output. */
  failed: number;
  /** Repeats with an output that could not be judged. */
  notScored: number;
  /** Mean over the repeats of each metric that was asked for; null unless every repeat has it. */
  metrics: { readonly [name: string]: number | null };
  /** Of each answer; a reused one took what it took when it was given first. */
  latenciesMs: readonly number[];
  /** Mean over the answers, judges left out; null while one is unknown. */
  costMicros: number | null;
}

/** One repeat of a case, as far as it counts. */
export interface RepeatScore {
  caseKey: string;
  group: string | null;
  tags: readonly string[];
  outcome:
    | { status: "scored"; score: number; passed: boolean }
    | { status: "not_scored" }
    | { status: "failed" };
  /** Each metric by itself; null where it could not be scored. Absent where nobody asks. */
  metrics?: readonly { name: string; score: number | null }[];
  latencyMs?: number | null;
  costMicros?: number | null;
}

/** What to keep of the repeats. */
export interface TallyOptions {
  /** How many of its repeats must pass for a case to pass; all of them unless said. */
  passesMin?: number | undefined;
  /** The metrics to keep by themselves. */
  metrics?: readonly string[] | undefined;
}

interface Tally {
  about: Pick<CaseScores, "caseKey" | "group" | "tags">;
  scores: number[];
  metrics: (number | null)[][];
  latenciesMs: number[];
  costs: (number | null)[];
  repeats: number;
  passes: number;
  failed: number;
  notScored: number;
}

/** Gathers repeats, in any order, into cases. The same repeats give the same cases, to the last digit. */
export class CaseTallies {
  readonly #tallies = new Map<string, Tally>();
  readonly #passesMin: number | undefined;
  readonly #metrics: readonly string[];

  constructor({ passesMin, metrics = [] }: TallyOptions = {}) {
    this.#passesMin = passesMin;
    this.#metrics = metrics;
  }

  add({
    caseKey,
    group,
    tags,
    outcome,
    metrics = [],
    latencyMs = null,
    costMicros = null,
  }: RepeatScore): void {
    let tally = this.#tallies.get(caseKey);
    if (tally === undefined) {
      tally = emptyTally({ caseKey, group, tags }, this.#metrics.length);
      this.#tallies.set(caseKey, tally);
    }
    tally.repeats++;
    if (outcome.status === "scored") {
      tally.scores.push(outcome.score);
      if (outcome.passed) tally.passes++;
    } else if (outcome.status === "failed") tally.failed++;
    else tally.notScored++;
    this.#metrics.forEach((name, index) => {
      tally.metrics[index]?.push(metrics.find((metric) => metric.name === name)?.score ?? null);
    });
    if (outcome.status === "failed") return;
    if (latencyMs !== null) tally.latenciesMs.push(latencyMs);
    tally.costs.push(costMicros);
  }

  /** Every case, sorted by key. */
  cases(): CaseScores[] {
    return [...this.#tallies.values()]
      .map((tally) => this.#caseOf(tally))
      .sort((a, b) => (a.caseKey < b.caseKey ? -1 : 1));
  }

  /** One case, which is then forgotten; undefined when nothing of it was added. */
  take(caseKey: string): CaseScores | undefined {
    const tally = this.#tallies.get(caseKey);
    this.#tallies.delete(caseKey);
    return tally && this.#caseOf(tally);
  }

  #caseOf({ about, repeats, passes, failed, notScored, ...tally }: Tally): CaseScores {
    return {
      ...about,
      score: failed + notScored === 0 ? meanOf(tally.scores) : null,
      passed: passes >= (this.#passesMin ?? repeats),
      passes,
      repeats,
      failed,
      notScored,
      metrics: Object.fromEntries(
        this.#metrics.map((name, index) => [name, knownMean(tally.metrics[index] ?? [])]),
      ),
      latenciesMs: tally.latenciesMs.sort((a, b) => a - b),
      costMicros: knownMean(tally.costs),
    };
  }
}

function emptyTally(about: Tally["about"], metricCount: number): Tally {
  return {
    about,
    scores: [],
    metrics: Array.from({ length: metricCount }, () => []),
    latenciesMs: [],
    costs: [],
    repeats: 0,
    passes: 0,
    failed: 0,
    notScored: 0,
  };
}

function knownMean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? meanOf(known) : null;
}

function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;
}
