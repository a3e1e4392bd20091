/** One case of a run, all its repeats together. */
export interface CaseScores {
  caseKey: string;
  group: string | null;
  tags: readonly string[];
  /** Mean over the repeats; null unless every repeat was scored. */
  score: number | null;
  /** Every repeat was scored and passed. */
  passed: boolean;
  /** Repeats without an output. */
  failed: number;
  /** Repeats with an output that could not be judged. */
  notScored: number;
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
}

interface Tally extends CaseScores {
  scores: number[];
}

/** Gathers repeats, in any order, into cases. The same repeats give the same cases, to the last digit. */
export class CaseTallies {
  readonly #tallies = new Map<string, Tally>();

  add({ caseKey, group, tags, outcome }: RepeatScore): void {
    let tally = this.#tallies.get(caseKey);
    if (tally === undefined) {
      tally = { caseKey, group, tags, scores: [], score: null, passed: true, failed: 0, notScored: 0 };
      this.#tallies.set(caseKey, tally);
    }
    if (outcome.status === "scored") tally.scores.push(outcome.score);
    else if (outcome.status === "failed") tally.failed++;
    else tally.notScored++;
    if (outcome.status !== "scored" || !outcome.passed) tally.passed = false;
  }

  /** Every case, sorted by key. */
  cases(): CaseScores[] {
    return [...this.#tallies.values()]
      .map(({ scores, ...about }) => ({
        ...about,
        score: about.failed + about.notScored === 0 && scores.length > 0 ? meanOf(scores) : null,
      }))
      .sort((a, b) => (a.caseKey < b.caseKey ? -1 : 1));
  }
}

function meanOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;
}
