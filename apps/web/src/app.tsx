import { QueryClientProvider } from "@tanstack/react-query";
import { type AnyRouter, RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense } from "react";
import { queryClient } from "./api/query-client.ts";
import { Waiting } from "./components/loaded.tsx";
import { Toasts } from "./components/toast.tsx";

export function App({ router }: { router: AnyRouter }) {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={<Waiting />}>
          <RouterProvider router={router} />
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>
  );
}
