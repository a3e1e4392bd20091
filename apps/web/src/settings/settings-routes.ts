import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { auditSearch } from "./audit-search.ts";

const keysRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/settings/keys" }).lazy(
  async () => (await import("./keys-page.tsx")).route,
);

const connectionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/settings/connections",
}).lazy(async () => (await import("./connections-page.tsx")).route);

const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/settings/audit",
  validateSearch: auditSearch,
}).lazy(async () => (await import("./audit-page.tsx")).route);

export const settingsRoutes = [keysRoute, connectionsRoute, auditRoute] as const;
