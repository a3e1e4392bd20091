import type { CallInput, CallOptions, CallOutput, ControlRouteName } from "@assay/client";
import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { clientOf } from "./tenant-client.ts";
import { useTenant } from "./use-tenant.ts";

type AnyCall = (input?: unknown, options?: CallOptions) => Promise<unknown>;
/** Input of a list, without the cursor that the hook itself keeps. */
type ListInput<N extends ControlRouteName> = Omit<CallInput<N>, "cursor">;
type ItemOf<N extends ControlRouteName> = CallOutput<N> extends { items: (infer T)[] } ? T : never;

interface ReadOptions {
  isEnabled?: boolean | undefined;
  /** Read again this often while the page is open; false stops. */
  everyMs?: number | false | undefined;
  /** Never changes, and is read once. */
  isLasting?: boolean | undefined;
}

/** Calls a route by name; the contract's types hold at the hooks' own signatures. */
function call(tenant: string, name: ControlRouteName): AnyCall {
  return clientOf(tenant)[name] as AnyCall;
}

/** One answer of the API as the current tenant: `useRead("getPrompt", { prompt })`. */
export function useRead<N extends ControlRouteName>(
  name: N,
  input: CallInput<N>,
  { isEnabled = true, everyMs = false, isLasting = false }: ReadOptions = {},
): UseQueryResult<CallOutput<N>, Error> {
  const tenant = useTenant().slug;
  return useQuery({
    queryKey: [tenant, name, input],
    queryFn: async ({ signal }) => (await call(tenant, name)(input, { signal })) as CallOutput<N>,
    enabled: isEnabled,
    refetchInterval: everyMs,
    ...(isLasting && { staleTime: Number.POSITIVE_INFINITY }),
  });
}

/** Several answers of one route, of what never changes: each is read once and kept. */
export function useReads<N extends ControlRouteName>(
  name: N,
  inputs: readonly CallInput<N>[],
): UseQueryResult<CallOutput<N>, Error>[] {
  const tenant = useTenant().slug;
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [tenant, name, input],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await call(tenant, name)(input, { signal })) as CallOutput<N>,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
}

/** For what is asked in the middle of an action, such as the keys behind a selection. */
export function useAsk<N extends ControlRouteName>(name: N): (input: CallInput<N>) => Promise<CallOutput<N>> {
  const tenant = useTenant().slug;
  return async (input) => (await call(tenant, name)(input)) as CallOutput<N>;
}

/** A cursor-paged list, a page at a time: `data` is all items so far. */
export function useList<N extends ControlRouteName>(
  name: N,
  input: ListInput<N>,
  { isEnabled = true, everyMs = false }: Omit<ReadOptions, "isLasting"> = {},
): UseInfiniteQueryResult<ItemOf<N>[], Error> {
  const tenant = useTenant().slug;
  type Page = { items: ItemOf<N>[]; nextCursor: string | null };
  return useInfiniteQuery<Page, Error, ItemOf<N>[], QueryKey, string | undefined>({
    queryKey: [tenant, name, "pages", input],
    queryFn: async ({ pageParam, signal }) =>
      (await call(tenant, name)(pageParam === undefined ? input : { ...input, cursor: pageParam }, {
        signal,
      })) as Page,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data: InfiniteData<Page>) => data.pages.flatMap(({ items }) => items),
    enabled: isEnabled,
    refetchInterval: everyMs,
  });
}

/** What one page may hold, and how many pages of choices are read at most: a tenant has no more of anything one chooses. */
const CHOICES_PER_PAGE = 200;
const CHOICE_PAGES_MAX = 50;

/** A whole list, for what is chosen from: nobody finds what is on a page that they do not see. */
export function useAll<N extends ControlRouteName>(
  name: N,
  input: Omit<ListInput<N>, "limit">,
  { isEnabled = true }: Pick<ReadOptions, "isEnabled"> = {},
): UseQueryResult<ItemOf<N>[], Error> {
  const tenant = useTenant().slug;
  type Page = { items: ItemOf<N>[]; nextCursor: string | null };
  return useQuery({
    queryKey: [tenant, name, "all", input],
    queryFn: async ({ signal }) => {
      const found: ItemOf<N>[] = [];
      let cursor: string | null = null;
      for (let pages = 0; pages < CHOICE_PAGES_MAX; pages += 1) {
        const query = { ...input, limit: CHOICES_PER_PAGE, ...(cursor !== null && { cursor }) };
        const page = (await call(tenant, name)(query, { signal })) as Page;
        found.push(...page.items);
        cursor = page.nextCursor;
        if (cursor === null) break;
      }
      return found;
    },
    enabled: isEnabled,
  });
}

/** A change. When it succeeds, every answer of the routes in `changes` is read again. */
export function useWrite<N extends ControlRouteName>(
  name: N,
  changes: readonly ControlRouteName[] = [],
): UseMutationResult<CallOutput<N>, Error, CallInput<N>> {
  const tenant = useTenant().slug;
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (input: CallInput<N>) => (await call(tenant, name)(input)) as CallOutput<N>,
    onSuccess: async () => {
      await Promise.all(changes.map((each) => queries.invalidateQueries({ queryKey: [tenant, each] })));
    },
  });
}
