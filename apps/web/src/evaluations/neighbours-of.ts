/** What stands before and after a case in a list; the repeats of one case are one place of it. */
export function neighboursOf(
  keys: readonly string[],
  key: string,
): { previous: string | undefined; next: string | undefined } {
  const distinct = [...new Set(keys)];
  const at = distinct.indexOf(key);
  // A case that a link opened and the list does not have: the list begins after it.
  if (at === -1) return { previous: undefined, next: distinct[0] };
  return { previous: distinct[at - 1], next: distinct[at + 1] };
}
