import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { readTraceSearch } from "./trace-search.ts";

const tracesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/traces",
  validateSearch: readTraceSearch,
}).lazy(async () => (await import("./traces-page.tsx")).route);

export const tracesRoutes = [tracesRoute] as const;
