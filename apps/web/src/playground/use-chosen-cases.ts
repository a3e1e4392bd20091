import { useRead } from "../api/use-api.ts";
import type { PlaygroundSearch } from "./playground-search.ts";

const COUNT_DEFAULT = 20;

/** The first cases of the newest version of the dataset that the address names, as rows. */
export function useChosenCases({ dataset = "", tag, count = COUNT_DEFAULT }: PlaygroundSearch) {
  const about = useRead("getDataset", { dataset }, { isEnabled: dataset !== "" });
  const version = about.data?.latestVersion ?? null;
  const cases = useRead(
    "listCaseWindow",
    { dataset, version: version ?? 1, limit: count, ...(tag !== undefined && { tag }) },
    { isEnabled: dataset !== "" && version !== null },
  );
  return { version, cases, isEmpty: about.data !== undefined && version === null };
}
