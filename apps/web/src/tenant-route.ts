import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, redirect } from "@tanstack/react-router";
import { sessionQuery } from "./api/session.ts";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { PageError } from "./shell/page-error.tsx";
import { RootFrame } from "./shell/root-frame.tsx";
import { TenantEntrance } from "./shell/tenant-entrance.tsx";

export const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: RootFrame,
  notFoundComponent: NotFoundPage,
  errorComponent: PageError,
});

/** Every page for people who are logged in. */
export const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "person",
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session !== null) return;
    throw redirect({ to: "/login", search: location.href === "/" ? {} : { next: location.href } });
  },
  // Beside the page it frames, and not on the log-in page.
}).lazy(async () => (await import("./shell/app-frame.tsx")).route);

/** Every page of a tenant: its address starts with the tenant's slug, so links can be shared between members. */
export const tenantRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/t/$tenant",
  beforeLoad: async ({ context, params }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    // Someone else's tenant and one that does not exist look alike.
    if (session?.tenants.every(({ slug }) => slug !== params.tenant)) throw redirect({ to: "/" });
  },
  component: TenantEntrance,
});
