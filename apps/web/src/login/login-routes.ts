import { createRoute, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../api/session.ts";
import { rootRoute } from "../tenant-route.ts";

/** A path of this server and never another's: a link to the log-in must not lead elsewhere afterwards. */
function ownPath(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search): { next?: string } => {
    const path = ownPath(search.next);
    return path === undefined ? {} : { next: path };
  },
}).lazy(async () => (await import("./login-page.tsx")).route);

/** The front door: the first of the person's tenants, or the log-in. */
const frontRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: "/login", search: {} });
    const first = session.tenants[0];
    if (first !== undefined) throw redirect({ to: "/t/$tenant", params: { tenant: first.slug } });
  },
});

export const loginRoutes = [loginRoute, frontRoute] as const;
