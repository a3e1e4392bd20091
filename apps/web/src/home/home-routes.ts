import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const homeRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/" }).lazy(
  async () => (await import("./home-page.tsx")).route,
);

export const homeRoutes = [homeRoute] as const;
