import type { Interval } from "@assay/core";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { groupValues, type Observation } from "./observation.ts";
import { seededRandom } from "./seeded-random.ts";
import { TAIL, tPoint, zPoint } from "./student-t.ts";

const DRAWS = 4_000;

/** With more groups than this the mean is as good as normal, and drawing them again takes long. */
const GROUPS_MAX = 2_000;

/**
 * Mean with its 95 % bias-corrected and accelerated bootstrap interval, groups drawn whole: for values without a bound
 * that lean to one side, such as costs. The draws are seeded, so the same values give the same interval. With more than
 * 2,000 groups Student's t on the cluster-robust error; bounds are null with fewer than two groups.
 *
 * Efron, JASA 82 (1987), sections 2 to 4; groups as in Davison & Hinkley, Bootstrap Methods and their Application (1997),
 * section 3.8.
 */
export function bcaInterval(observations: readonly Observation[]): Interval {
  if (observations.length === 0) return { mean: null, lower: null, upper: null };
  const { mean, standardError, freedom, groups, groupCount } = groupValues(observations);
  if (standardError === null) return { mean, lower: null, upper: null };
  if (standardError < 1e-12) return { mean, lower: mean, upper: mean };
  if (groupCount > GROUPS_MAX) {
    const half = tPoint(freedom) * standardError;
    return { mean, lower: mean - half, upper: mean + half };
  }
  const draws = drawMeans(groups);
  const below =
    draws.filter((drawn) => drawn < mean).length + draws.filter((drawn) => drawn === mean).length / 2;
  const bias = -zPoint(Math.min(1 - 1 / DRAWS, Math.max(1 / DRAWS, below / DRAWS)));
  const acceleration = accelerationOf(groups);
  const at = (z: number) => {
    const shifted = bias + z;
    const share = normalCdf(bias + shifted / (1 - acceleration * shifted), 0, 1);
    return draws[Math.min(DRAWS - 1, Math.max(0, Math.floor(share * DRAWS)))] ?? mean;
  };
  return { mean, lower: at(-zPoint(TAIL)), upper: at(zPoint(TAIL)) };
}

type Groups = readonly { sum: number; count: number }[];

/** Sorted means of as many groups as there are, drawn with replacement. */
function drawMeans(groups: Groups): Float64Array {
  const random = seededRandom(`bootstrap of ${groups.length}`);
  const draws = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let [sum, count] = [0, 0];
    for (let place = 0; place < groups.length; place++) {
      const group = groups[Math.floor(random() * groups.length)];
      sum += group?.sum ?? 0;
      count += group?.count ?? 0;
    }
    draws[draw] = sum / count;
  }
  return draws.sort();
}

/** A sixth of the skewness of the means that leave one group out. */
function accelerationOf(groups: Groups): number {
  const total = groups.reduce((sum, group) => sum + group.sum, 0);
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const without = groups.map((group) => (total - group.sum) / (count - group.count));
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const value of without) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
