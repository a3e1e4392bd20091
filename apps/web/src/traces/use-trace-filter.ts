import { useNavigate } from "@tanstack/react-router";
import { onlySaid } from "../shell/search-value.ts";
import type { TraceSearch } from "./trace-search.ts";

/** Members that are undefined take their filter off. */
export type TraceChange = { [K in keyof TraceSearch]?: TraceSearch[K] | undefined };

/** Changes what the address says. */
export function useTraceFilter(search: TraceSearch): (change: TraceChange) => void {
  const navigate = useNavigate();
  return (change) =>
    void navigate({ to: ".", search: onlySaid({ ...search, ...change }) as never, replace: true });
}
