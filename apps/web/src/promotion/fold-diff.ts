import type { DiffLine } from "@assay/core";

export type DiffPart =
  | (DiffLine & { key: string })
  /** So many equal lines that are left out. */
  | { kind: "folded"; count: number; key: string };

/** How many equal lines stay in view beside a change. */
const CONTEXT_LINES = 3;

/** Leaves out equal lines that are far from any change. */
export function foldDiff(lines: readonly DiffLine[]): DiffPart[] {
  const isNear = nearChanges(lines);
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const last = parts.at(-1);
    if (isNear[index] === true) parts.push({ ...line, key: `line ${index}` });
    else if (last?.kind === "folded") last.count += 1;
    else parts.push({ kind: "folded", count: 1, key: `fold ${index}` });
  }
  return parts;
}

function nearChanges(lines: readonly DiffLine[]): boolean[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    const from = Math.max(0, index - CONTEXT_LINES);
    isNear.fill(true, from, Math.min(lines.length, index + CONTEXT_LINES + 1));
  }
  return isNear;
}
