import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { readDatasetSearch } from "./dataset-search.ts";

const datasetsRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/datasets" }).lazy(
  async () => (await import("./datasets-page.tsx")).route,
);

const datasetRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/datasets/$dataset",
  validateSearch: readDatasetSearch,
}).lazy(async () => (await import("./dataset-page.tsx")).route);

export const datasetsRoutes = [datasetsRoute, datasetRoute] as const;
