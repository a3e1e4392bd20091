/** The list with one item a place further up or down; at an end it stays. */
export function moved<T>(items: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...items];
  const [item] = next.splice(at, 1);
  if (item !== undefined) next.splice(Math.min(items.length - 1, Math.max(0, at + by)), 0, item);
  return next;
}
