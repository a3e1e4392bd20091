import type { ComparedDelta, ComparedDeltas, Interval } from "@assay/core";
import { meanInterval, type ValueRange } from "../statistics/mean-interval.ts";
import type { Observation } from "../statistics/observation.ts";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import type { CaseIndex } from "./case-index.ts";
import { differencePValue } from "./difference-p-value.ts";
import type { RunColumns } from "./run-columns.ts";

const DIFFERENCE_RANGE: ValueRange = { min: -1, max: 1 };
/** Read by people: past this many tags those with the most cases are shown. */
const TAGS_MAX = 200;
const FALSE_MARKS = 0.05;

type Values = (run: RunColumns, place: number) => number | null;

const scoreAt: Values = (run, place) => run.score(place);
/** Only of cases with a score: one that could not be judged is counted, and is no failure. */
const passAt: Values = (run, place) => (run.score(place) === null ? null : Number(run.passed(place)));

/** The share of a run's scored cases that pass. */
export function passShare(index: CaseIndex, run: RunColumns): Interval {
  const observations: Observation[] = [];
  for (let place = 0; place < index.size; place++) {
    const value = passAt(run, place);
    if (value !== null) observations.push({ value, group: index.at(place).group });
  }
  return meanInterval(observations);
}

/**
 * A run against the baseline, case by case. Every difference is of the cases that both have a value for, with the
 * interval of `pairedDifference`.
 */
export class PairedRuns {
  readonly #index: CaseIndex;
  readonly #baseline: RunColumns;
  readonly #run: RunColumns;

  constructor(index: CaseIndex, { baseline, run }: { baseline: RunColumns; run: RunColumns }) {
    this.#index = index;
    this.#baseline = baseline;
    this.#run = run;
  }

  score(): ComparedDelta {
    return deltaOf(this.#differences(scoreAt));
  }

  passShare(): ComparedDelta {
    return deltaOf(this.#differences(passAt));
  }

  /** Metrics that both runs have. */
  get metricNames(): string[] {
    const ofBaseline = new Set(this.#baseline.metricNames);
    return this.#run.metricNames.filter((name) => ofBaseline.has(name));
  }

  metric(name: string): ComparedDelta {
    return deltaOf(this.#differences((run, place) => run.metric(name, place)));
  }

  tags(): ComparedDeltas["tags"] {
    const byTag = new Map<string, Observation[]>();
    for (const { place, ...observation } of this.#differences(scoreAt)) {
      for (const tag of new Set(this.#index.at(place).tags)) {
        const observations = byTag.get(tag);
        if (observations === undefined) byTag.set(tag, [observation]);
        else observations.push(observation);
      }
    }
    const shown = [...byTag]
      .sort(([a, ofA], [b, ofB]) => ofB.length - ofA.length || (a < b ? -1 : 1))
      .slice(0, TAGS_MAX)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const notable = benjaminiHochberg(
      shown.map(([, observations]) => differencePValue(observations)),
      FALSE_MARKS,
    );
    return shown.map(([tag, observations], at) => ({
      tag,
      ...deltaOf(observations),
      isNotable: notable[at] === true,
    }));
  }

  /**
   * Cases that passed and do not pass now, the other way round, and those that only one side has a score for. A case that
   * passed and now has no score is lost, as the gate's `noFlips` has it; one that had no score before has gained nothing.
   */
  flips(): { losses: number; gains: number; unpaired: number } {
    const counts = { losses: 0, gains: 0, unpaired: 0 };
    for (let place = 0; place < this.#index.size; place++) {
      const [before, now] = [this.#baseline, this.#run];
      if ((before.score(place) === null) !== (now.score(place) === null)) counts.unpaired++;
      if (before.state(place) === "absent" || now.state(place) === "absent") continue;
      if (before.passed(place) && !now.passed(place)) counts.losses++;
      if (before.score(place) !== null && !before.passed(place) && now.passed(place)) counts.gains++;
    }
    return counts;
  }

  #differences(values: Values): (Observation & { place: number })[] {
    const differences: (Observation & { place: number })[] = [];
    for (let place = 0; place < this.#index.size; place++) {
      const before = values(this.#baseline, place);
      const now = values(this.#run, place);
      if (before !== null && now !== null)
        differences.push({ value: now - before, group: this.#index.at(place).group, place });
    }
    return differences;
  }
}

function deltaOf(differences: readonly Observation[]): ComparedDelta {
  return { difference: meanInterval(differences, DIFFERENCE_RANGE), pairs: differences.length };
}
