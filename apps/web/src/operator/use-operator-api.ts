import type { CallInput, CallOptions, CallOutput } from "@assay/client";
import {
  type InfiniteData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { personalClient } from "../api/tenant-client.ts";

/** Beside the tenants' answers, which are kept under their slugs; no slug begins like this. */
export const OPERATOR_KEY = "#operator";

type OperatorList = "listTenantUsage" | "listSharedModels" | "listOperators";
type OperatorWrite =
  | "createTenant"
  | "removeTenant"
  | "createTenantKey"
  | "setTenantLimits"
  | "createPasswordResetByEmail"
  | "inviteToTenant"
  | "addOperator"
  | "removeOperator";
type ItemOf<N extends OperatorList> = CallOutput<N> extends { items: (infer T)[] } ? T : never;
type AnyCall = (input?: unknown, options?: CallOptions) => Promise<unknown>;

/** A list of the platform's, a page at a time. */
export function useOperatorList<N extends OperatorList>(
  name: N,
  input: Omit<CallInput<N>, "cursor">,
): UseInfiniteQueryResult<ItemOf<N>[], Error> {
  type Page = { items: ItemOf<N>[]; nextCursor: string | null };
  return useInfiniteQuery<Page, Error, ItemOf<N>[], QueryKey, string | undefined>({
    queryKey: [OPERATOR_KEY, name, input],
    queryFn: async ({ pageParam, signal }) =>
      (await (personalClient[name] as AnyCall)(
        pageParam === undefined ? input : { ...input, cursor: pageParam },
        { signal },
      )) as Page,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data: InfiniteData<Page>) => data.pages.flatMap(({ items }) => items),
  });
}

/** A change by the operator; everything the console shows is read again afterwards. */
export function useOperatorWrite<N extends OperatorWrite>(
  name: N,
): UseMutationResult<CallOutput<N>, Error, CallInput<N>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (input: CallInput<N>) =>
      (await (personalClient[name] as AnyCall)(input)) as CallOutput<N>,
    onSuccess: () => queries.invalidateQueries({ queryKey: [OPERATOR_KEY] }),
  });
}
