import { useAll } from "../api/use-api.ts";
import type { PlaygroundSearch } from "./playground-search.ts";

/** The address, with the cases and the suite that it leaves open where there is but one to choose. */
export function useSearchWithCases(prompt: string, search: PlaygroundSearch): PlaygroundSearch {
  const isEnabled = search.dataset === undefined;
  const datasets = useAll("listDatasets", {}, { isEnabled });
  const suites = useAll("listSuites", {}, { isEnabled });
  if (!isEnabled || suites.data === undefined || datasets.data === undefined) return search;
  const fitting = suites.data.filter(({ spec }) => spec.prompt === prompt);
  const [suite] = fitting;
  if (fitting.length === 1 && suite !== undefined && isThere(suite.spec.dataset))
    return { ...search, dataset: suite.spec.dataset, suite: search.suite ?? suite.slug };
  const [dataset] = datasets.data;
  return datasets.data.length === 1 && dataset !== undefined ? { ...search, dataset: dataset.slug } : search;

  function isThere(slug: string): boolean {
    return datasets.data?.some((each) => each.slug === slug) === true;
  }
}
