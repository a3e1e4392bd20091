import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const TABS = ["view", "edit", "file", "versions"] as const;

const suitesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/suites",
}).lazy(async () => (await import("./suites-page.tsx")).route);

const suiteRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/suites/$suite",
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof TABS)[number] } => {
    const tab = TABS.find((each) => each === search.tab);
    return tab === undefined ? {} : { tab };
  },
}).lazy(async () => (await import("./suite-page.tsx")).route);

export const suitesRoutes = [suitesRoute, suiteRoute] as const;
