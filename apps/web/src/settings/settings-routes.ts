import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";

const keysRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/settings/keys" }).lazy(
  async () => (await import("./keys-page.tsx")).route,
);

const connectionsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/settings/connections",
}).lazy(async () => (await import("./connections-page.tsx")).route);

export interface AuditSearch {
  actor?: string;
  action?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;

const auditRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/settings/audit",
  validateSearch: (search): AuditSearch => {
    const actor = text(search.actor);
    const action = text(search.action);
    return { ...(actor !== undefined && { actor }), ...(action !== undefined && { action }) };
  },
}).lazy(async () => (await import("./audit-page.tsx")).route);

export const settingsRoutes = [keysRoute, connectionsRoute, auditRoute] as const;
