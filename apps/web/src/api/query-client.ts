import { QueryClient } from "@tanstack/react-query";

const STALE_MS = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // The client has tried again already where that could help.
      retry: false,
      throwOnError: false,
    },
  },
});
