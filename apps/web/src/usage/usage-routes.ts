import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { readUsageSearch } from "./usage-search.ts";

const usageRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/usage",
  validateSearch: readUsageSearch,
}).lazy(async () => (await import("./usage-page.tsx")).route);

export const usageRoutes = [usageRoute] as const;
