import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const judgesRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/judges" }).lazy(
  async () => (await import("./judges-page.tsx")).route,
);

export const judgesRoutes = [judgesRoute] as const;
