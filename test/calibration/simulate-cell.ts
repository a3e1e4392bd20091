import {
  announcePower,
  createGateMonitor,
  decideGate,
  meanInterval,
  orderForEarlyStop,
  pairedDifference,
  seededRandom,
  wilsonInterval,
} from "../../packages/evaluator/src/index.ts";
import type { Cell } from "./cells.ts";
import { Draws } from "./draws.ts";

/** Of all gates together, the α. */
export const ALPHA = 0.05;
const COVERAGE = { least: 0.935, most: 0.97 };

export interface Rate {
  share: number;
  lower: number;
  upper: number;
}

export interface CellResult {
  cell: Cell;
  simulations: number;
  /** Wrong promotions, or missed ones. */
  errors: Rate;
  coverage: Rate;
  /** The least coverage that an interval can have whose either side errs at most 2.5 %; above 97 % with few values. */
  attainable: number;
  announced: number | null;
  /** Promotions by rules in use elsewhere. */
  naiveMean: number;
  peeking: number;
  /** Share of the cases that were run. */
  used: number;
}

/** Draws promotions and decides each with the gate itself. */
export function simulateCell(cell: Cell, simulations: number): CellResult {
  const { world, promotion } = cell;
  const draws = new Draws(world, seededRandom(cell.name));
  const estimates = new Float64Array(simulations);
  const counts = { promoted: 0, covered: 0, naive: 0, peeking: 0, used: 0 };
  for (let index = 0; index < simulations; index++) {
    draws.next();
    const one = simulateOne(cell, draws);
    counts.promoted += Number(one.promoted);
    counts.covered += Number(one.isCovered);
    counts.naive += Number(one.naive);
    counts.peeking += Number(one.peeking);
    counts.used += one.used;
    estimates[index] = one.estimate;
  }
  const errors = promotion === "wrong" ? counts.promoted : simulations - counts.promoted;
  return {
    cell,
    simulations,
    errors: rateOf(errors, simulations),
    coverage: rateOf(counts.covered, simulations),
    attainable: attainableCoverage(estimates),
    announced: cell.isPowerAnnounced ? announcedPower(cell, draws) : null,
    naiveMean: counts.naive / simulations,
    peeking: counts.peeking / simulations,
    used: counts.used / simulations / world.cases,
  };
}

function simulateOne(cell: Cell, draws: Draws) {
  const { truth } = draws;
  const isScore = cell.policy.minScore !== undefined;
  const target = isScore ? truth.candidate : truth.candidate - truth.incumbent;
  const { mean, lower, upper } = intervalOf(draws, isScore);
  return {
    ...decide(cell, draws),
    ...naiveRules(draws),
    estimate: mean ?? 0,
    isCovered: (lower ?? -1) <= target + 1e-12 && (upper ?? 1) >= target - 1e-12,
  };
}

/** An earlier run is as much a matter of chance as the one it announces; so many are averaged. */
const ANNOUNCEMENTS = 100;

function announcedPower({ policy, world }: Cell, draws: Draws): number {
  const groups = Math.ceil(world.cases / world.perGroup);
  let sum = 0;
  for (let index = 0; index < ANNOUNCEMENTS; index++) {
    draws.next();
    const planned = { policy, cases: world.cases, groups, earlier: draws.incumbent };
    sum += announcePower(planned).passChanceWhenEqual ?? 0;
  }
  return sum / ANNOUNCEMENTS;
}

function decide(cell: Cell, { candidate, incumbent }: Draws): { promoted: boolean; used: number } {
  const about = { policy: cell.policy, incumbent, incumbentVersion: 1, judges: [] };
  if (cell.stopEarly) {
    const order = { cases: orderForEarlyStop(candidate, "calibration"), repeats: 1 };
    const monitor = createGateMonitor({ ...about, order });
    for (const [index, { caseKey, group, tags, score, passed }] of order.cases.entries()) {
      monitor.add({ caseKey, group, tags, outcome: { status: "scored", score: score ?? 0, passed } });
      const decision = monitor.decision();
      if (decision !== "undecided") return { promoted: decision === "pass", used: index + 1 };
    }
  }
  return { promoted: decideGate({ ...about, candidate }).outcome === "pass", used: candidate.length };
}

function intervalOf({ candidate, incumbent }: Draws, isScore: boolean) {
  const scored = (cases: Draws["candidate"]) =>
    cases.map(({ caseKey, score, group }) => ({ caseKey, score: score ?? 0, group }));
  if (!isScore) return pairedDifference(scored(candidate), scored(incumbent)).difference;
  return meanInterval(candidate.map(({ score, group }) => ({ value: score ?? 0, group })));
}

/** "Its mean is higher", and "it was significantly better at one of ten looks". */
function naiveRules({ candidate, incumbent }: Draws): { naive: boolean; peeking: boolean } {
  let [sum, squares, peeking] = [0, 0, false];
  const step = Math.max(2, Math.floor(candidate.length / 10));
  for (const [index, one] of candidate.entries()) {
    const difference = (one.score ?? 0) - (incumbent[index]?.score ?? 0);
    sum += difference;
    squares += difference ** 2;
    const n = index + 1;
    if (n % step !== 0) continue;
    const variance = (squares - sum ** 2 / n) / (n - 1);
    if (variance > 0 && sum / n / Math.sqrt(variance / n) > 1.96) peeking = true;
  }
  return { naive: sum > 0, peeking };
}

function rateOf(count: number, of: number): Rate {
  return { share: count / of, ...wilsonInterval(count / of, of) };
}

function attainableCoverage(estimates: Float64Array): number {
  const sorted = estimates.toSorted();
  const tail = Math.floor(sorted.length * 0.025);
  let [low, high] = [tail, tail];
  // Equal estimates are in or out together.
  while (low > 0 && same(sorted[low - 1], sorted[low])) low--;
  const last = sorted.length - 1;
  while (high > 0 && same(sorted[last - high + 1], sorted[last - high])) high--;
  return 1 - (low + high) / sorted.length;
}

function same(a: number | undefined, b: number | undefined): boolean {
  return Math.abs((a ?? 0) - (b ?? 1)) < 1e-12;
}

/** What is wrong with a cell; nothing when it meets every target. */
export function faultsOf({ cell, errors, coverage, attainable, announced }: CellResult): string[] {
  const faults: string[] = [];
  if (cell.promotion === "wrong" && errors.lower > ALPHA) faults.push("wrong promotions above 5 %");
  if (coverage.upper < COVERAGE.least) faults.push("coverage below 93.5 %");
  if (coverage.lower > COVERAGE.most && attainable <= COVERAGE.most) faults.push("coverage above 97 %");
  if (announced !== null && powerGap(errors, announced) > 0.03) faults.push("power not as announced");
  return faults;
}

/** How far the announced power lies outside the simulation's interval for the realised one. */
function powerGap(missed: Rate, announced: number): number {
  return Math.max(1 - missed.upper - announced, announced - (1 - missed.lower), 0);
}
