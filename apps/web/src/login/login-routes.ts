import { createRoute, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../api/session.ts";
import { onlySaid, searchText } from "../shell/search-value.ts";
import { personRoute, rootRoute } from "../tenant-route.ts";
import { ownPath } from "./own-path.ts";

interface LoginSearch {
  next?: string;
  /** Code of a refusal that the server sent the browser back with. */
  error?: string;
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search): LoginSearch =>
    onlySaid({ next: ownPath(search.next), error: searchText(search.error, 50) }),
}).lazy(async () => (await import("./login-page.tsx")).route);

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitations/$token",
}).lazy(async () => (await import("./invitation-page.tsx")).route);

const passwordResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/password-resets/$token",
}).lazy(async () => (await import("./password-reset-page.tsx")).route);

/** The front door: the first of the person's tenants that is open to them, or what to do without one. */
const frontRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/",
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    const first = session?.tenants.find(({ needsSso }) => !needsSso) ?? session?.tenants[0];
    if (first !== undefined) throw redirect({ to: "/t/$tenant", params: { tenant: first.slug } });
  },
}).lazy(async () => (await import("./no-tenant-page.tsx")).route);

export const loginRoutes = [loginRoute, invitationRoute, passwordResetRoute] as const;
export const frontRoutes = [frontRoute] as const;
