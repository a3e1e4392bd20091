import type { CaseScores } from "../../packages/evaluator/src/index.ts";

/** A world to draw promotions from. */
export interface World {
  /** Cases, in groups of `perGroup`. */
  cases: number;
  perGroup: number;
  /** Share of cases that the incumbent passes. */
  passShare: number;
  /** Candidate minus incumbent, in truth. */
  change: number;
  /** Share of the cases of a group that turn on the group's luck and not on their own. */
  alike: number;
  /** Share of cases on which the candidate answers just as the incumbent. */
  ties: number;
  repeats: number;
  /** Share of the verdicts that a judge turns round. */
  judgeNoise: number;
  /** Scores between 0 and 1 rather than passes. */
  isGraded: boolean;
}

/** Both sides of one promotion; the objects are used again for the next. */
export class Draws {
  readonly candidate: CaseScores[];
  readonly incumbent: CaseScores[];
  readonly #world: World;
  readonly #random: () => number;

  constructor(world: World, random: () => number) {
    this.#world = world;
    this.#random = random;
    this.candidate = emptyCases(world);
    this.incumbent = emptyCases(world);
  }

  /** The mean score of each side when everything were measured, the judge's noise included. */
  get truth(): { candidate: number; incumbent: number } {
    const { passShare, change, judgeNoise } = this.#world;
    const seen = (share: number) => share + judgeNoise * (1 - 2 * share);
    return { candidate: seen(passShare + change), incumbent: seen(passShare) };
  }

  next(): void {
    const { cases, perGroup } = this.#world;
    for (let first = 0; first < cases; first += perGroup)
      this.#drawGroup(first, Math.min(cases, first + perGroup));
  }

  #drawGroup(first: number, end: number): void {
    const { passShare, change, alike, ties, isGraded } = this.#world;
    const [a, b] = [passShare, passShare + change];
    // All of a group turn on one number with chance `alike`: the same expectation, cases that agree.
    const shared = this.#random();
    const own = this.#random();
    for (let index = first; index < end; index++) {
      const isAlike = this.#random() < alike;
      const before = isAlike ? shared : this.#random();
      const isTie = this.#random() < ties;
      const after = isTie ? before : isAlike ? own : this.#random();
      // A tie keeps the incumbent's place in its distribution, so that the change is all that differs.
      set(this.incumbent[index], isGraded ? gradeOf(before, a) : this.#passesOf(before, a));
      set(this.candidate[index], isGraded ? gradeOf(after, b) : this.#passesOf(after, b));
    }
  }

  /** Share of the repeats that pass: a case's own chance is drawn once, its repeats turn on it. */
  #passesOf(place: number, share: number): number {
    const { repeats, judgeNoise } = this.#world;
    let passes = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const at = repeat === 0 || this.#random() < 0.7 ? place : this.#random();
      const isPassed = at < share;
      const isTurned = judgeNoise > 0 && this.#random() < judgeNoise;
      if (isPassed !== isTurned) passes++;
    }
    return passes / repeats;
  }
}

/** Scores spread evenly around the mean `share`, as far as 0 and 1 allow. */
function gradeOf(place: number, share: number): number {
  return share + (place - 0.5) * Math.min(0.6, 2 * share, 2 * (1 - share));
}

function emptyCases({ cases, perGroup, repeats }: World): CaseScores[] {
  return Array.from({ length: cases }, (_, index) => ({
    caseKey: `k${index}`,
    group: perGroup === 1 ? null : `g${Math.floor(index / perGroup)}`,
    tags: [],
    score: 0,
    passed: false,
    passes: 0,
    repeats,
    failed: 0,
    notScored: 0,
    metrics: {},
    latenciesMs: [],
    costMicros: null,
  }));
}

function set(one: CaseScores | undefined, score: number): void {
  if (one === undefined) return;
  one.score = score;
  one.passed = score === 1;
}
