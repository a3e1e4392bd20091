import { type CaseScores, CaseTallies, type RepeatScore } from "../case-tallies.ts";
import type { CaseIndex } from "./case-index.ts";

/** One repeat of a case as it is stored, without its text. */
export interface ComparedRepeat extends RepeatScore {
  position: number;
  repeat: number;
  /** Absent where metrics are not asked for. */
  metrics?: readonly { name: string; score: number | null }[];
}

const CASE_STATES = ["absent", "scored", "not_scored", "failed"] as const;
export type CaseState = (typeof CASE_STATES)[number];

interface MetricSum {
  scores: number[];
  isKnown: boolean;
}

/**
 * One run as columns over the cases of a comparison: a hundred thousand cases take a few megabytes. Repeats of a case
 * come one after the other, as a run's results are listed.
 */
export class RunColumns {
  readonly #index: CaseIndex;
  readonly #passesMin: number | undefined;
  readonly #states: Uint8Array;
  readonly #passed: Uint8Array;
  readonly #scores: Float64Array;
  readonly #positions: Int32Array;
  readonly #shownRepeats: Uint8Array;
  readonly #metrics = new Map<string, Float64Array>();
  #open: ComparedRepeat[] = [];

  /**
   * @param options.capacity as many cases as all runs of the comparison have at most
   * @param options.passesMin how many of its repeats must pass for a case to pass; all of them unless said
   */
  constructor(
    index: CaseIndex,
    { capacity, passesMin }: { capacity: number; passesMin?: number | undefined },
  ) {
    this.#passesMin = passesMin;
    this.#index = index;
    this.#states = new Uint8Array(capacity);
    this.#passed = new Uint8Array(capacity);
    this.#scores = new Float64Array(capacity).fill(Number.NaN);
    this.#positions = new Int32Array(capacity);
    this.#shownRepeats = new Uint8Array(capacity);
  }

  add(result: ComparedRepeat): void {
    if (this.#open[0] !== undefined && this.#open[0].caseKey !== result.caseKey) this.close();
    this.#open.push(result);
  }

  /** Takes in the last case; to be called after the last result. */
  close(): void {
    const repeats = this.#open;
    this.#open = [];
    const [first] = repeats;
    if (first === undefined) return;
    const place = this.#index.placeOf(first);
    const tallies = new CaseTallies({ passesMin: this.#passesMin });
    for (const repeat of repeats) tallies.add(repeat);
    const [scores] = tallies.cases();
    if (scores === undefined) return;
    this.#states[place] = CASE_STATES.indexOf(stateOf(scores));
    this.#passed[place] = scores.passed ? 1 : 0;
    this.#scores[place] = scores.score ?? Number.NaN;
    this.#positions[place] = first.position;
    this.#shownRepeats[place] = (repeats.find((one) => !isPass(one)) ?? first).repeat;
    this.#addMetrics(place, repeats);
  }

  #addMetrics(place: number, repeats: readonly ComparedRepeat[]): void {
    const sums = new Map<string, MetricSum>();
    for (const { metrics = [] } of repeats) {
      for (const { name, score } of metrics) {
        const sum = sums.get(name) ?? { scores: [], isKnown: true };
        if (score === null) sum.isKnown = false;
        else sum.scores.push(score);
        sums.set(name, sum);
      }
    }
    for (const [name, { scores, isKnown }] of sums) {
      // A repeat without an answer has no metrics either: the case's mean would be of fewer repeats.
      if (!isKnown || scores.length !== repeats.length) continue;
      this.#metricColumn(name)[place] =
        scores.toSorted((a, b) => a - b).reduce((sum, score) => sum + score, 0) / scores.length;
    }
  }

  #metricColumn(name: string): Float64Array {
    let column = this.#metrics.get(name);
    if (column === undefined) {
      column = new Float64Array(this.#states.length).fill(Number.NaN);
      this.#metrics.set(name, column);
    }
    return column;
  }

  get metricNames(): string[] {
    return [...this.#metrics.keys()];
  }

  state(place: number): CaseState {
    return CASE_STATES[this.#states[place] ?? 0] ?? "absent";
  }

  passed(place: number): boolean {
    return this.#passed[place] === 1;
  }

  /** Null where the case has no score. */
  score(place: number): number | null {
    return known(this.#scores[place]);
  }

  metric(name: string, place: number): number | null {
    return known(this.#metrics.get(name)?.[place]);
  }

  /** Which result to show of a case: the first that did not pass, else the first. */
  shown(place: number): { position: number; repeat: number } {
    return { position: this.#positions[place] ?? 0, repeat: this.#shownRepeats[place] ?? 0 };
  }
}

function stateOf({ score, failed }: CaseScores): CaseState {
  if (score !== null) return "scored";
  return failed > 0 ? "failed" : "not_scored";
}

function isPass({ outcome }: ComparedRepeat): boolean {
  return outcome.status === "scored" && outcome.passed;
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
