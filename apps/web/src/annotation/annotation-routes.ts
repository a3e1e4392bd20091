import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const queuesRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/annotation" }).lazy(
  async () => (await import("./queues-page.tsx")).route,
);

const queueRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/annotation/$queue" }).lazy(
  async () => (await import("./queue-page.tsx")).route,
);

const workRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/annotation/$queue/work" }).lazy(
  async () => (await import("./work-page.tsx")).route,
);

export const annotationRoutes = [queuesRoute, queueRoute, workRoute] as const;
