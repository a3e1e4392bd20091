import type { Attention } from "@assay/core";

/** What was found of one kind, and whether there may be more of it. */
export interface Looked {
  items: Attention[];
  isPart: boolean;
}

/** Cuts what was found, read with one row more than shown, to what is shown. */
export function cut(items: readonly Attention[], max: number): Looked {
  return { items: items.slice(0, max), isPart: items.length > max };
}
