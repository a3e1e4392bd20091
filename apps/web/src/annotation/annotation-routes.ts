import { createRoute } from "@tanstack/react-router";
import { onlySaid, searchText } from "../shell/search-value.ts";
import { tenantRoute } from "../tenant-route.ts";

/** The judge that a queue is to be made for, where somebody comes from one. */
export interface QueuesSearch {
  prompt?: string;
  metric?: string;
}

const queuesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/annotation",
  validateSearch: (search): QueuesSearch =>
    onlySaid({ prompt: searchText(search.prompt, 64), metric: searchText(search.metric, 64) }),
}).lazy(async () => (await import("./queues-page.tsx")).route);

const queueRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/annotation/$queue" }).lazy(
  async () => (await import("./queue-page.tsx")).route,
);

const workRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/annotation/$queue/work" }).lazy(
  async () => (await import("./work-page.tsx")).route,
);

export const annotationRoutes = [queuesRoute, queueRoute, workRoute] as const;
