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

export interface CaseRows {
  count: number;
  rowAt: (index: number) => CaseRow | undefined;
  /** What is shown is of an earlier filter, until this one's cases are found. */
  isEarlier: boolean;
  isLoading: boolean;
  error: Error | null;
  retry: () => void;
}

/** The rows of a table of any length, of which those in view are read and the others are not. */
export function useCaseRows(wanted: WantedCases, view: { first: number; last: number }): CaseRows {
  const { version, ...rest } = wanted;
  const input = { ...rest, version: version ?? 1, limit: ROWS_PER_READ };
  const tenant = useTenant().slug;
  const ask = useAsk("listCaseWindow");
  const first = useQuery({
    queryKey: [tenant, "listCaseWindow", { ...input, offset: 0 }],
    queryFn: () => ask({ ...input, offset: 0 }),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    enabled: version !== null,
  });
  const offsets = version === null ? [] : offsetsIn(view);
  const reads = useReads(
    "listCaseWindow",
    offsets.map((offset) => ({ ...input, offset })),
  );
  const pages = new Map(offsets.map((offset, index) => [offset, reads[index]?.data?.items]));
  return {
    count: version === null ? 0 : (first.data?.count ?? 0),
    rowAt: (index) => {
      const offset = index - (index % ROWS_PER_READ);
      const page = offset === 0 ? first.data?.items : pages.get(offset);
      return page?.[index - offset];
    },
    isEarlier: first.isPlaceholderData,
    isLoading: version !== null && first.data === undefined && first.error === null,
    error: first.error ?? reads.find(({ error }) => error !== null)?.error ?? null,
    retry: () => void Promise.all([first.refetch(), ...reads.map((read) => read.refetch())]),
  };
}

/** The pages that a view touches, the first apart, which is always read. */
export function offsetsIn({ first, last }: { first: number; last: number }): number[] {
  const offsets: number[] = [];
  for (let offset = first - (first % ROWS_PER_READ); offset <= last; offset += ROWS_PER_READ) {
    if (offset > 0) offsets.push(offset);
  }
  return offsets;
}
