import type { DiffLine } from "@assay/core";
import type { DiffPart } from "../components/line-diff.tsx";

/** How many equal lines stay in view beside a change. */
const CONTEXT_LINES = 3;

/** Leaves out equal lines that are far from any change. */
export function foldDiff(lines: readonly DiffLine[]): DiffPart[] {
  const isNear = nearChanges(lines);
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const last = parts.at(-1);
    if (isNear[index] === true) parts.push(line);
    else if (last?.kind === "folded") last.count += 1;
    else parts.push({ kind: "folded", count: 1 });
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
