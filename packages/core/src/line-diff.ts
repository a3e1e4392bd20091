import type { DiffLine } from "./diff-line.ts";

/** Above this many comparisons the differing middle is shown as replaced whole. */
const CELLS_MAX = 4_000_000;

/** What turns the lines of `before` into those of `after`: a longest common subsequence after trimming both ends. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const head = commonLength(before, after, (lines, index) => lines[index]);
  const tail = commonLength(before.slice(head), after.slice(head), (lines, index) => lines.at(-1 - index));
  const same = (text: string): DiffLine => ({ kind: "same", text });
  return [
    ...before.slice(0, head).map(same),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function commonLength(
  a: readonly string[],
  b: readonly string[],
  lineAt: (lines: readonly string[], index: number) => string | undefined,
): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && lineAt(a, length) === lineAt(b, length)) length += 1;
  return length;
}

function diffMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ kind: "removed", text });
  const added = (text: string): DiffLine => ({ kind: "added", text });
  if (before.length * after.length > CELLS_MAX) return [...before.map(removed), ...after.map(added)];

  const rest = commonRest(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || rest(i + 1, j) >= rest(i, j + 1))) {
      lines.push(removed(left));
      i += 1;
    } else if (right !== undefined) {
      lines.push(added(right));
      j += 1;
    }
  }
  return lines;
}

/** `(i, j)` → length of the longest common subsequence of what follows line i of `before` and line j of `after`. */
function commonRest(before: readonly string[], after: readonly string[]): (i: number, j: number) => number {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
