import { ClientError } from "@assay/client";
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";

const STALE_MS = 5_000;

type Listener = () => void;
const listeners = new Set<Listener>();

/** Told when an answer says that nobody is logged in (any more). */
export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For what is asked outside of queries and mutations too. */
export function noticeSessionEnd(error: unknown): void {
  if (error instanceof ClientError && error.code === "unauthenticated") {
    for (const listener of listeners) listener();
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSessionEnd }),
  mutationCache: new MutationCache({ onError: noticeSessionEnd }),
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // The client has tried again already where that could help.
      retry: false,
      throwOnError: false,
    },
  },
});
