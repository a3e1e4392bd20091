import type { Dataset } from "@assay/core";
import type { DatasetSearch } from "./dataset-search.ts";

/** Changes members of the address; undefined takes one away. */
export type Go = (
  changes: { [K in keyof DatasetSearch]?: DatasetSearch[K] | undefined },
  isReplacing?: boolean,
) => void;

export interface TabProps {
  dataset: Dataset;
  search: Omit<DatasetSearch, "case">;
  go: Go;
}
