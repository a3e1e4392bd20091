import { type CaseScores, CaseTallies, type RepeatScore } from "../case-tallies.ts";
import { isMetByAll } from "../statistics/betting-interval.ts";
import { BettingTest } from "../statistics/betting-test.ts";
import { errorsAllowedSoFar } from "./count-clauses.ts";
import { largestOf, sortedByKey } from "./early-order.ts";
import { boundsOfPolicy, type GateBound, isRelative, valuesOf, worstValuesOf } from "./gate-bounds.ts";
import { type GateInput, metricsOfPolicy, type RunOrder } from "./gate-input.ts";
import { decideJudgeAgreement, isSuspended } from "./judge-agreement.ts";
import { countMaxOf, earlyTails, sumOf } from "./measure-bounds.ts";
import { hasFlipped, isGuarded, mayHaveFlipped } from "./no-flips.ts";
import { groupCases } from "./order-for-early-stop.ts";

export interface GateMonitorInput extends Omit<GateInput, "candidate" | "stoppedEarly"> {
  order: RunOrder;
  passesMin?: number | undefined;
}

/** Watches a run while it is under way. */
export interface GateMonitor {
  /** Takes one result; each once, in any order. */
  add(result: RepeatScore): void;
  /** Whether the run could stop now, and with which verdict `decideGate` would then be reached. */
  decision(): "undecided" | "pass" | "fail";
}

/**
 * Watches whether the gate is decided before a run is complete, by tests that hold however often one looks. Groups count
 * in the order planned, each once it is complete: those that happen to finish first are not a fair sample. What
 * `decideGate` makes of the results with `stoppedEarly` agrees with it. A clause that has no such test, or that a judge
 * suspends, never passes early.
 */
export function createGateMonitor(input: GateMonitorInput): GateMonitor {
  const progress = new Progress(input);
  const counts = new Counts(input);
  const bounds = new BoundTests(input);
  const canPass =
    input.policy.maxCostPerCaseMicros === undefined &&
    decideJudgeAgreement(input).every(({ outcome }) => outcome === "pass");
  return {
    add(result) {
      counts.addResult(result);
      for (const group of progress.add(result, (one) => counts.addCase(one))) bounds.add(group);
    },
    decision() {
      if (counts.fails() || bounds.fails()) return "fail";
      return canPass && counts.passes() && bounds.passes() ? "pass" : "undecided";
    },
  };
}

/** Which cases and groups are complete. */
class Progress {
  readonly #tallies: CaseTallies;
  readonly #repeats: number;
  readonly #groupOf = new Map<string, number>();
  readonly #missing: number[];
  readonly #repeatsOf = new Map<string, number>();
  readonly #complete = new Map<number, CaseScores[]>();
  #next = 0;

  constructor({ order, policy, passesMin }: GateMonitorInput) {
    this.#tallies = new CaseTallies({ passesMin, metrics: metricsOfPolicy(policy) });
    this.#repeats = order.repeats;
    const groups = groupCases(order.cases);
    this.#missing = groups.map(({ length }) => length);
    groups.forEach((group, index) => {
      for (const { caseKey } of group) this.#groupOf.set(caseKey, index);
    });
  }

  /** The groups that are now due: complete, with none before them that is not. */
  add(result: RepeatScore, onCase: (one: CaseScores) => void): CaseScores[][] {
    const { caseKey } = result;
    const group = this.#groupOf.get(caseKey);
    if (group === undefined) return [];
    this.#tallies.add(result);
    const repeats = (this.#repeatsOf.get(caseKey) ?? 0) + 1;
    this.#repeatsOf.set(caseKey, repeats);
    if (repeats < this.#repeats) return [];
    this.#repeatsOf.delete(caseKey);
    const one = this.#tallies.take(caseKey);
    if (one === undefined) return [];
    onCase(one);
    const known = this.#complete.get(group);
    if (known === undefined) this.#complete.set(group, [one]);
    else known.push(one);
    this.#missing[group] = (this.#missing[group] ?? 0) - 1;
    return this.#due();
  }

  #due(): CaseScores[][] {
    const due: CaseScores[][] = [];
    while (this.#missing[this.#next] === 0) {
      due.push(sortedByKey(this.#complete.get(this.#next) ?? []));
      this.#complete.delete(this.#next);
      this.#next++;
    }
    return due;
  }
}

/** The clauses that count: errors, cases, flips. */
class Counts {
  readonly #input: GateMonitorInput;
  readonly #partners: ReadonlyMap<string, CaseScores>;
  readonly #isGuarded: (one: { tags: readonly string[] }) => boolean;
  readonly #guarded: number;
  readonly #mayFlip: boolean;
  #results = 0;
  #errors = 0;
  #scored = 0;
  #guardedSeen = 0;
  #flips = 0;
  /** Guarded cases of which nobody knows whether they flipped. */
  #unclear = 0;

  constructor(input: GateMonitorInput) {
    this.#input = input;
    this.#partners = new Map((input.incumbent ?? []).map((one) => [one.caseKey, one]));
    this.#isGuarded = isGuarded(input.policy.noFlips);
    this.#mayFlip = isSuspended({ clause: "noFlips" }, input);
    this.#guarded = input.order.cases.filter(this.#isGuarded).length;
  }

  addResult({ outcome }: RepeatScore): void {
    this.#results++;
    if (outcome.status !== "scored") this.#errors++;
  }

  addCase(one: CaseScores): void {
    if (one.score !== null) this.#scored++;
    if (!this.#isGuarded(one)) return;
    this.#guardedSeen++;
    const partner = this.#partners.get(one.caseKey);
    if (hasFlipped(one, partner)) this.#flips++;
    if (mayHaveFlipped(one, partner)) this.#unclear++;
  }

  fails(): boolean {
    return this.#errors > this.#input.policy.maxErrors || (this.#flips > 0 && !this.#mayFlip);
  }

  passes(): boolean {
    const { policy, order, incumbent, incumbentVersion } = this.#input;
    if (this.#scored < policy.minCases) return false;
    if (this.#errors > errorsAllowedSoFar(policy.maxErrors, order, this.#results)) return false;
    if (policy.noFlips.length === 0 || (incumbent === null && incumbentVersion === null)) return true;
    return (
      incumbent !== null && this.#guarded > 0 && this.#guardedSeen === this.#guarded && this.#unclear === 0
    );
  }
}

interface BoundTest {
  bound: GateBound;
  mayFail: boolean;
  above: BettingTest;
  below: BettingTest;
}

/** The clauses that are held against a mean. */
class BoundTests {
  readonly #tests: BoundTest[];
  readonly #partners: ReadonlyMap<string, CaseScores>;
  readonly #refuted: { lower: number; upper: number };
  readonly #isComparable: boolean;

  constructor(input: GateMonitorInput) {
    const { policy, order, incumbent, incumbentVersion } = input;
    const bounds = boundsOfPolicy(policy);
    const tails = earlyTails(bounds);
    this.#refuted = { lower: -Math.log(tails.lower), upper: -Math.log(tails.upper) };
    this.#partners = new Map((incumbent ?? []).map((one) => [one.caseKey, one]));
    this.#isComparable = incumbent !== null || incumbentVersion === null || !bounds.some(isRelative);
    const largestGroup = largestOf(groupCases(order.cases));
    this.#tests = bounds
      .filter((bound) => incumbent !== null || !isRelative(bound))
      .map((bound) => {
        const countMax = countMaxOf(bound, { largestGroup, repeats: order.repeats });
        const about = { bound: bound.bound, range: bound.range, countMax };
        return {
          bound,
          mayFail: !isSuspended({ clause: bound.clause, metric: bound.metric ?? undefined }, input),
          above: new BettingTest({ ...about, side: "above" }),
          below: new BettingTest({ ...about, side: "below" }),
        };
      });
  }

  add(group: readonly CaseScores[]): void {
    for (const { bound, above, below } of this.#tests) {
      above.add(sumOf(group, { bound, partners: this.#partners, valuesOf: worstValuesOf }));
      below.add(sumOf(group, { bound, partners: this.#partners, valuesOf }));
    }
  }

  passes(): boolean {
    return (
      this.#isComparable &&
      this.#tests.every(({ bound, above }) => isMetByAll(bound) || above.peak >= this.#refuted.lower)
    );
  }

  fails(): boolean {
    return this.#tests.some(
      ({ bound, mayFail, below }) => mayFail && !isMetByAll(bound) && below.peak >= this.#refuted.upper,
    );
  }
}
