import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const modelsRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/models" }).lazy(
  async () => (await import("./models-page.tsx")).route,
);

const adapterRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/adapters/$adapter" }).lazy(
  async () => (await import("./adapter-page.tsx")).route,
);

export const modelsRoutes = [modelsRoute, adapterRoute] as const;
