import { createRoute } from "@tanstack/react-router";
import { personRoute, tenantRoute } from "../tenant-route.ts";

const membersRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/settings/members" }).lazy(
  async () => (await import("./members-page.tsx")).route,
);

const signInRoute = createRoute({ getParentRoute: () => tenantRoute, path: "/settings/sign-in" }).lazy(
  async () => (await import("./sign-in-page.tsx")).route,
);

const accountRoute = createRoute({ getParentRoute: () => personRoute, path: "/account" }).lazy(
  async () => (await import("./account-page.tsx")).route,
);

export const peopleRoutes = [membersRoute, signInRoute] as const;
export const ownRoutes = [accountRoute] as const;
