import type { Json } from "@assay/core";

interface DiffOptions {
  /** How far numbers may be apart and still count as the same. */
  tolerance: number;
  /** JSON pointers that are left out with all below them. */
  ignore: readonly string[];
}

/** How many leaves two values share, and the JSON pointers of those that only one has or that differ. */
export interface JsonDiff {
  equal: number;
  paths: string[];
}

/**
 * Compares two JSON values leaf by leaf: a leaf is what is neither a list nor an object, or an empty one. Where one
 * side has a leaf and the other a list or object, both sides' leaves below count as different.
 */
export function diffJson(wanted: Json, found: Json, { tolerance, ignore }: DiffOptions): JsonDiff {
  const [wantedLeaves, foundLeaves] = [leavesOf(wanted, ignore), leavesOf(found, ignore)];
  const paths: string[] = [];
  let equal = 0;
  for (const [path, value] of wantedLeaves) {
    const other = foundLeaves.get(path);
    if (other !== undefined && isSameLeaf(value, other, tolerance)) equal++;
    else paths.push(path);
  }
  for (const path of foundLeaves.keys()) if (!wantedLeaves.has(path)) paths.push(path);
  return { equal, paths };
}

/** By JSON pointer; the root is "/". A map, because a key may be `__proto__`. */
function leavesOf(root: Json, ignore: readonly string[]): Map<string, Json> {
  const ignored = new Set(ignore);
  const leaves = new Map<string, Json>();
  const visit = (value: Json, path: string): void => {
    if (ignored.has(path)) return;
    const entries = value !== null && typeof value === "object" ? Object.entries(value) : [];
    if (entries.length === 0) leaves.set(path === "" ? "/" : path, value);
    for (const [key, inner] of entries)
      visit(inner, `${path}/${key.replace(/~/g, "~0").replace(/\//g, "~1")}`);
  };
  visit(root, "");
  return leaves;
}

function isSameLeaf(a: Json, b: Json, tolerance: number): boolean {
  if (typeof a === "number" && typeof b === "number") return Math.abs(a - b) <= tolerance;
  if (typeof a === "object" && a !== null)
    return typeof b === "object" && b !== null && Array.isArray(a) === Array.isArray(b);
  return a === b;
}
