import type { CaseFilter, CaseOrder, CaseRow } from "@assay/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useAsk, useReads } from "../api/use-api.ts";
import { useTenant } from "../api/use-tenant.ts";

/** Rows that are read together. */
export const ROWS_PER_READ = 100;

export interface WantedCases extends CaseFilter {
  dataset: string;
  /** Null where there is no version to read. */
  version: number | null;
  order: CaseOrder;
}

export interface FoundCases {
  count: number;
  first: readonly CaseRow[] | undefined;
  /** What is shown is of an earlier filter, until this one's cases are found. */
  isEarlier: boolean;
  isLoading: boolean;
  error: Error | null;
  retry: () => void;
}

/** How many cases there are, and the first of them. */
export function useFoundCases(wanted: WantedCases): FoundCases {
  const tenant = useTenant().slug;
  const ask = useAsk("listCaseWindow");
  const input = { ...readOf(wanted), offset: 0 };
  const isVersion = wanted.version !== null;
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: [tenant, "listCaseWindow", input],
    queryFn: () => ask(input),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    enabled: isVersion,
  });
  return {
    count: isVersion ? (data?.count ?? 0) : 0,
    first: data?.items,
    isEarlier: isPlaceholderData,
    isLoading: isVersion && data === undefined && error === null,
    error,
    retry: () => void refetch(),
  };
}

interface CaseWindow {
  rowAt: (index: number) => CaseRow | undefined;
  error: Error | null;
  retry: () => void;
}

/** The rows of a table of any length, of which those in view are read and the others are not. */
export function useCaseWindow(
  wanted: WantedCases,
  first: FoundCases["first"],
  view: { first: number; last: number },
): CaseWindow {
  const offsets = wanted.version === null ? [] : offsetsIn(view);
  const input = readOf(wanted);
  const reads = useReads(
    "listCaseWindow",
    offsets.map((offset) => ({ ...input, offset })),
  );
  const pages = new Map(offsets.map((offset, index) => [offset, reads[index]?.data?.items]));
  return {
    rowAt: (index) => {
      const offset = index - (index % ROWS_PER_READ);
      const page = offset === 0 ? first : pages.get(offset);
      return page?.[index - offset];
    },
    error: reads.find(({ error }) => error !== null)?.error ?? null,
    retry: () => void Promise.all(reads.map((read) => read.refetch())),
  };
}

function readOf({ version, ...rest }: WantedCases) {
  return { ...rest, version: version ?? 1, limit: ROWS_PER_READ };
}

/** The pages that a view touches, the first apart, which is always read. */
export function offsetsIn({ first, last }: { first: number; last: number }): number[] {
  const offsets: number[] = [];
  for (let offset = first - (first % ROWS_PER_READ); offset <= last; offset += ROWS_PER_READ) {
    if (offset > 0) offsets.push(offset);
  }
  return offsets;
}
