import { tPoint } from "./student-t.ts";

/** One case's value. Values that share a group are not independent of each other; null stands for a group of its own. */
export interface Observation {
  value: number;
  group: string | null;
}

/** Values in their independent groups. */
export interface GroupedValues {
  count: number;
  groupCount: number;
  mean: number;
  /** Cluster-robust standard error of the mean; null with fewer than two groups. */
  standardError: number | null;
  /** Degrees of freedom that the groups leave for it; G − 1 for groups of one size. */
  freedom: number;
  groups: readonly { sum: number; count: number }[];
  /** How many independent values would tell as much; never more than `count`. */
  effectiveCount: number;
}

/**
 * Mean and cluster-robust standard error, unbiased for groups of any size when values are independent:
 * SE² = Σ_g (Σ_{i∈g} e_i)² / (1 − n_g/n) / n² with e_i = x_i − x̄. With every value a group of its own this is the
 * textbook Σ e_i² / (n(n−1)), with groups of one size Liang and Zeger's with the factor G/(G−1).
 *
 * CR2: Bell & McCaffrey, Survey Methodology 28 (2002), for a regression on the constant alone; Miller, "Adding error
 * bars to evals", arXiv 2411.00640 (2024), eq. 4, is the same without the correction for few groups.
 */
export function groupValues(observations: readonly Observation[]): GroupedValues {
  const count = observations.length;
  const groups = sumsOf(observations);
  const mean = groups.reduce((total, { sum }) => total + sum, 0) / count;
  const groupCount = groups.length;
  if (groupCount < 2) {
    return { count, groupCount, mean, standardError: null, freedom: 0, groups, effectiveCount: 1 };
  }
  let squares = 0;
  for (const group of groups) {
    squares += (group.sum - mean * group.count) ** 2 / (1 - group.count / count);
  }
  const standardError = Math.sqrt(squares) / count;
  const freedom = degreesOfFreedom(groups, count);
  const about = { count, groupCount, mean, standardError, freedom, groups };
  return { ...about, effectiveCount: effectiveCount(about, observations) };
}

/**
 * n / deff, corrected for the few degrees of freedom that the groups leave (Korn & Graubard, Survey Methodology 24,
 * 1998). How alike the values of a group are shows only where groups differ: when k groups make nearly all of the
 * variance, the measured design effect counts k² against one for the largest there could be, n/G, at which each group
 * counts once.
 */
function effectiveCount(
  { count, groupCount, mean, standardError, freedom, groups }: Omit<GroupedValues, "effectiveCount">,
  observations: readonly Observation[],
): number {
  if (groupCount === count || standardError === null) return count;
  const independent =
    observations.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / (count - 1) / count;
  if (independent < 1e-15) return groupCount;
  let [second, fourth] = [0, 0];
  for (const group of groups) {
    const square = (group.sum - mean * group.count) ** 2;
    second += square;
    fourth += square ** 2;
  }
  const telling = fourth === 0 ? 0 : (second ** 2 / fourth) ** 2;
  const measured = Math.max(1, standardError ** 2 / independent);
  const designEffect = (telling * measured + count / groupCount) / (telling + 1);
  return Math.min(count, (count / designEffect) * (tPoint(count - 1) / tPoint(freedom)) ** 2);
}

function sumsOf(observations: readonly Observation[]): { sum: number; count: number }[] {
  const named = new Map<string, { sum: number; count: number }>();
  const groups: { sum: number; count: number }[] = [];
  for (const { value, group } of observations) {
    const known = group === null ? undefined : named.get(group);
    if (known !== undefined) {
      known.sum += value;
      known.count++;
      continue;
    }
    const sum = { sum: value, count: 1 };
    groups.push(sum);
    if (group !== null) named.set(group, sum);
  }
  return groups;
}

/**
 * Satterthwaite's degrees of freedom of that variance, tr(WC)² / tr(WCWC): W the diagonal of the weights 1/(1 − n_g/n)
 * and C the covariance of the groups' sums of deviations, when the values of a group agree completely. One large group
 * among small ones leaves few, however many groups there are.
 *
 * Bell & McCaffrey, Survey Methodology 28 (2002), eq. 14; Imbens & Kolesár, Review of Economics and Statistics 98 (2016).
 */
function degreesOfFreedom(groups: readonly { count: number }[], total: number): number {
  const first = groups[0]?.count;
  if (groups.every(({ count }) => count === first)) return groups.length - 1;
  // C_gh = −a_g d_h − a_h d_g + a_g a_h D off the diagonal, with a = n_g/n and d the variance of a group's sum.
  let [d, aa, dd, ad] = [0, 0, 0, 0];
  for (const { count } of groups) {
    const [share, variance] = [count / total, count ** 2];
    const weight = 1 / (1 - share);
    d += variance;
    aa += weight * share ** 2;
    dd += weight * variance ** 2;
    ad += weight * share * variance;
  }
  let [trace, squares] = [0, 2 * aa * dd + 2 * ad ** 2 + d ** 2 * aa ** 2 - 4 * d * aa * ad];
  for (const { count } of groups) {
    const [share, variance] = [count / total, count ** 2];
    const weight = 1 / (1 - share);
    const shared = share ** 2 * d - 2 * share * variance;
    trace += weight * (variance + shared);
    squares += weight ** 2 * ((variance + shared) ** 2 - shared ** 2);
  }
  return Math.max(1, Math.min(groups.length - 1, trace ** 2 / squares));
}
