import { onlySaid, searchChoice, searchNumber, searchText } from "../shell/search-value.ts";
import { type PlaygroundInput, readSharedInput } from "./playground-input.ts";

const VERSIONS = { min: 1, max: 2_147_483_647 };
export const CASE_COUNTS = [5, 10, 20, 50] as const;

/** What the playground shows. What somebody typed is there only in a link that they made to be shared. */
export interface PlaygroundSearch {
  prompt?: string;
  /** See `readColumns`. */
  columns?: string;
  /** A version to begin with, where there are no columns yet. */
  version?: number;
  view?: "cases";
  dataset?: string;
  tag?: string;
  suite?: string;
  count?: number;
  /** Taken as the input once, and then no longer in the address: a typed text, a served request, or a case. */
  input?: PlaygroundInput;
  trace?: string;
  case?: string;
  datasetVersion?: number;
}

export function readPlaygroundSearch(search: Record<string, unknown>): PlaygroundSearch {
  const dataset = searchText(search.dataset, 64);
  return onlySaid({
    prompt: searchText(search.prompt, 64),
    columns: searchText(search.columns, 1_000),
    view: searchChoice(search.view, ["cases"]),
    dataset,
    tag: searchText(search.tag, 64),
    suite: searchText(search.suite, 64),
    count: CASE_COUNTS.find((count) => count === search.count),
    input: readSharedInput(search.input),
    trace: searchText(search.trace, 64),
    case: dataset === undefined ? undefined : searchText(search.case, 128),
    datasetVersion: searchNumber(search.datasetVersion, VERSIONS),
    version: searchNumber(search.version, VERSIONS),
  });
}
