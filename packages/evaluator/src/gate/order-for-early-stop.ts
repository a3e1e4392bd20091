import { seededRandom } from "../statistics/seeded-random.ts";

/**
 * The cases in an order drawn by chance, whole groups together, the same for the same cases and seed. Bounds that allow for
 * stopping hold only for cases that come in random order: sorted ones would show the easy half first.
 */
export function orderForEarlyStop<C extends { caseKey: string; group?: string | null | undefined }>(
  cases: readonly C[],
  seed: string,
): C[] {
  const groups = groupCases(cases);
  const random = seededRandom(seed);
  // Fisher and Yates, as by Durstenfeld, Communications of the ACM 7 (1964).
  for (let last = groups.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const [a, b] = [groups[last], groups[chosen]];
    if (a !== undefined && b !== undefined) {
      groups[last] = b;
      groups[chosen] = a;
    }
  }
  return groups.flat();
}

/** The cases of each group together; a case without a group is one of its own. Groups in order of their first case. */
export function groupCases<C extends { caseKey: string; group?: string | null | undefined }>(
  cases: readonly C[],
): C[][] {
  const named = new Map<string, C[]>();
  const groups: C[][] = [];
  for (const one of cases) {
    const known = one.group == null ? undefined : named.get(one.group);
    if (known !== undefined) {
      known.push(one);
      continue;
    }
    const group = [one];
    groups.push(group);
    if (one.group != null) named.set(one.group, group);
  }
  return groups;
}
