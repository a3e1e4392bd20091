import type { RepeatScore } from "./case-tallies.ts";
import { sortedPlaces } from "./sorted-places.ts";

/** Gives way to other work; awaited between stretches of it. */
export type Pause = () => Promise<void>;

const CAPACITY_FIRST = 1_024;

/** Numbers side by side, eight bytes each, however many come. */
export class NumberColumn {
  #values = new Float64Array(CAPACITY_FIRST);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** What was pushed; not a copy. */
  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}

/** The scores of repeats, each with the place of its case; unknown ones make their case's mean unknown. */
class RepeatColumn {
  readonly #places = new NumberColumn();
  readonly #scores = new NumberColumn();

  /** @param score NaN when it is unknown. */
  add(place: number, score: number): void {
    this.#places.push(place);
    this.#scores.push(score);
  }

  /** By place: the mean, NaN where it is unknown or nothing was added, and whether anything was. */
  means(caseCount: number): { means: Float64Array; isKnownOf: Uint8Array } {
    const places = this.#places.values();
    const starts = startsOf(places, caseCount);
    const sorted = new Float64Array(places.length);
    const next = starts.slice();
    const scores = this.#scores.values();
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? 0;
      const target = next[place] ?? 0;
      sorted[target] = scores[at] ?? Number.NaN;
      next[place] = target + 1;
    }
    const means = new Float64Array(caseCount).fill(Number.NaN);
    const isKnownOf = new Uint8Array(caseCount);
    for (let place = 0; place < caseCount; place++) {
      const [from = 0, to = 0] = [starts[place], starts[place + 1]];
      if (to === from) continue;
      isKnownOf[place] = 1;
      means[place] = meanOf(sorted.subarray(from, to));
    }
    return { means, isKnownOf };
  }
}

/** Where each case's repeats begin when all are laid out case by case. */
function startsOf(places: Float64Array, caseCount: number): Uint32Array {
  const starts = new Uint32Array(caseCount + 1);
  for (const place of places) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  for (let place = 0; place < caseCount; place++) {
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  }
  return starts;
}

/** Summed from the smallest, so that the order of the repeats leaves no trace; an unknown one makes it NaN. */
function meanOf(values: Float64Array): number {
  if (values.length === 1) return values[0] ?? Number.NaN;
  return values.sort().reduce((sum, value) => sum + value, 0) / values.length;
}

/** What a summary counts of a case, by columns; all of them go by the order of the cases' keys. */
export interface SummaryCases {
  count: number;
  /** Mean over the repeats; NaN unless every repeat was scored. */
  scores: Float64Array;
  passed: Uint8Array;
  allPassed: Uint8Array;
  failed: Uint8Array;
  groupOf(at: number): string | null;
  tagsOf(at: number): readonly string[];
  /** By metric, for the cases that have it; a score is NaN where a repeat has none. */
  metrics: readonly { name: string; cases: Uint32Array; scores: Float64Array }[];
}

const FAILED = 1;

/** Texts that many cases share, each kept once. */
class SharedTexts<T> {
  readonly #numbers = new Map<string, number>();
  readonly #values: T[] = [];

  numberOf(text: string, value: T): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.#values.push(value) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  at(number: number): T | undefined {
    return this.#values[number];
  }
}

/**
 * A run's results as a summary counts them, in any order: a hundred thousand cases take some ten megabytes, where an
 * object for each takes hundreds.
 */
export class SummaryColumns {
  readonly #placeOfKey = new Map<string, number>();
  readonly #groups = new SharedTexts<string | null>();
  readonly #tags = new SharedTexts<readonly string[]>();
  readonly #groupOf = new NumberColumn();
  readonly #tagsOf = new NumberColumn();
  readonly #repeats = new NumberColumn();
  readonly #passes = new NumberColumn();
  readonly #flags = new NumberColumn();
  readonly #scores = new RepeatColumn();
  readonly #metrics = new Map<string, RepeatColumn>();

  add({ caseKey, group, tags, outcome, metrics = [] }: RepeatScore): void {
    let place = this.#placeOfKey.get(caseKey);
    if (place === undefined) {
      place = this.#placeOfKey.size;
      this.#placeOfKey.set(caseKey, place);
      this.#open({ group, tags });
    }
    count(this.#repeats, place, 1);
    if (outcome.status === "scored" && outcome.passed) count(this.#passes, place, 1);
    if (outcome.status === "failed") this.#flags.values()[place] = FAILED;
    this.#scores.add(place, outcome.status === "scored" ? outcome.score : Number.NaN);
    for (const { name, score } of metrics) {
      let column = this.#metrics.get(name);
      if (column === undefined) {
        column = new RepeatColumn();
        this.#metrics.set(name, column);
      }
      column.add(place, score ?? Number.NaN);
    }
  }

  #open({ group, tags }: Pick<RepeatScore, "group" | "tags">): void {
    this.#groupOf.push(this.#groups.numberOf(JSON.stringify(group), group));
    this.#tagsOf.push(this.#tags.numberOf(JSON.stringify(tags), tags));
    for (const column of [this.#repeats, this.#passes, this.#flags]) column.push(0);
  }

  /** @param passesMin how many of its repeats must pass for a case to pass; all of them unless said. */
  async cases(passesMin: number | undefined, pause: Pause): Promise<SummaryCases> {
    const count = this.#placeOfKey.size;
    const order = await sortedPlaces([...this.#placeOfKey.keys()], pause);
    const [repeats, passes] = [this.#repeats.values(), this.#passes.values()];
    const { means } = this.#scores.means(count);
    const columns = {
      scores: new Float64Array(count),
      passed: new Uint8Array(count),
      allPassed: new Uint8Array(count),
      failed: new Uint8Array(count),
    };
    order.forEach((place, at) => {
      const [passed = 0, of = 0] = [passes[place], repeats[place]];
      columns.scores[at] = means[place] ?? Number.NaN;
      columns.passed[at] = passed >= (passesMin ?? of) ? 1 : 0;
      columns.allPassed[at] = passed === of ? 1 : 0;
      columns.failed[at] = this.#flags.values()[place] ?? 0;
    });
    await pause();
    return {
      count,
      ...columns,
      groupOf: (at) => this.#groups.at(this.#groupOf.values()[order[at] ?? 0] ?? 0) ?? null,
      tagsOf: (at) => this.#tags.at(this.#tagsOf.values()[order[at] ?? 0] ?? 0) ?? [],
      metrics: [...this.#metrics].map(([name, column]) => ({ name, ...inOrder(column, order) })),
    };
  }
}

function count(column: NumberColumn, place: number, by: number): void {
  const values = column.values();
  values[place] = (values[place] ?? 0) + by;
}

function inOrder(column: RepeatColumn, order: Uint32Array): { cases: Uint32Array; scores: Float64Array } {
  const { means, isKnownOf } = column.means(order.length);
  const cases = Uint32Array.from(order.keys()).filter((at) => isKnownOf[order[at] ?? 0] === 1);
  return { cases, scores: Float64Array.from(cases, (at) => means[order[at] ?? 0] ?? Number.NaN) };
}
