import { Z_95 } from "./student-t.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** One output that both a judge and a person have judged: does it pass? */
export interface JudgementPair {
  judge: boolean;
  human: boolean;
}

/** How far a judge agrees with people beyond chance, with the base rates without which κ cannot be read. */
export interface Agreement {
  /** −1..1; null where it is undefined: no pairs, or both sides gave every output the same verdict. */
  kappa: number | null;
  /** 95 % interval; null with `kappa`. */
  lower: number | null;
  upper: number | null;
  /** Share of the pairs that agree, and the share that would agree by chance; null without pairs. */
  agreement: number | null;
  expectedAgreement: number | null;
  n: number;
  judgePassRate: number | null;
  humanPassRate: number | null;
}

/**
 * Cohen's κ = (p_o − p_e) / (1 − p_e) over `pairs`, with its large-sample 95 % interval. The interval is widened to what
 * Wilson's interval for the agreement leaves open at these base rates: the large-sample variance is 0 when all pairs
 * agree, and ten agreements are not certainty.
 *
 * Cohen, Educational and Psychological Measurement 20 (1960); variance by Fleiss, Cohen & Everitt, Psychological
 * Bulletin 72 (1969), eq. 13.
 */
export function cohenKappa(pairs: readonly JudgementPair[]): Agreement {
  const n = pairs.length;
  if (n === 0) return { ...UNKNOWN, n };
  const cells = sharesOf(pairs);
  const judgePassRate = pairs.filter(({ judge }) => judge).length / n;
  const humanPassRate = pairs.filter(({ human }) => human).length / n;
  const agreement = pairs.filter(({ judge, human }) => judge === human).length / n;
  const expectedAgreement = judgePassRate * humanPassRate + (1 - judgePassRate) * (1 - humanPassRate);
  const about = { agreement, expectedAgreement, n, judgePassRate, humanPassRate };
  if (isCertain(judgePassRate) && isCertain(humanPassRate) && agreement === 1) {
    return { ...UNKNOWN, ...about };
  }
  const beyondChance = 1 - expectedAgreement;
  const kappa = (agreement - expectedAgreement) / beyondChance;
  const half = Z_95 * Math.sqrt(kappaVariance(cells, { judgePassRate, humanPassRate }) / n);
  const wilson = wilsonInterval(agreement, n);
  return {
    kappa,
    lower: Math.max(-1, Math.min(kappa - half, (wilson.lower - expectedAgreement) / beyondChance)),
    upper: Math.min(1, Math.max(kappa + half, (wilson.upper - expectedAgreement) / beyondChance)),
    ...about,
  };
}

const UNKNOWN = {
  kappa: null,
  lower: null,
  upper: null,
  agreement: null,
  expectedAgreement: null,
  judgePassRate: null,
  humanPassRate: null,
} as const;

interface Shares {
  bothPass: number;
  bothFail: number;
  judgeOnly: number;
  humanOnly: number;
}

function sharesOf(pairs: readonly JudgementPair[]): Shares {
  const count = (judge: boolean, human: boolean) =>
    pairs.filter((pair) => pair.judge === judge && pair.human === human).length / pairs.length;
  return {
    bothPass: count(true, true),
    bothFail: count(false, false),
    judgeOnly: count(true, false),
    humanOnly: count(false, true),
  };
}

function isCertain(rate: number): boolean {
  return rate === 0 || rate === 1;
}

/** n times the variance of κ. With marginals a_i (judge) and b_i (human), cells p_ij:
 * [Σ p_ii (1−p_e − (a_i+b_i)(1−p_o))² + (1−p_o)² Σ_{i≠j} p_ij (b_i+a_j)² − (p_o p_e − 2 p_e + p_o)²] / (1−p_e)⁴. */
function kappaVariance(
  { bothPass, bothFail, judgeOnly, humanOnly }: Shares,
  { judgePassRate: a, humanPassRate: b }: { judgePassRate: number; humanPassRate: number },
): number {
  const observed = bothPass + bothFail;
  const expected = a * b + (1 - a) * (1 - b);
  const missed = 1 - observed;
  const agreeing =
    bothPass * (1 - expected - (a + b) * missed) ** 2 + bothFail * (1 - expected - (2 - a - b) * missed) ** 2;
  const differing = missed ** 2 * (judgeOnly * (b + 1 - a) ** 2 + humanOnly * (1 - b + a) ** 2);
  const mean = observed * expected - 2 * expected + observed;
  return Math.max(0, agreeing + differing - mean ** 2) / (1 - expected) ** 4;
}
