import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { readPlaygroundSearch } from "./playground-search.ts";

const playgroundRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/playground",
  validateSearch: readPlaygroundSearch,
}).lazy(async () => (await import("./playground-page.tsx")).route);

export const playgroundRoutes = [playgroundRoute] as const;
