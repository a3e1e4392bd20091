import { createRoute, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../api/session.ts";
import { onlySaid, searchChoice } from "../shell/search-value.ts";
import { personRoute } from "../tenant-route.ts";
import { OPERATOR_DAYS, OPERATOR_TABS, type OperatorSearch } from "./operator-search.ts";

const operatorRoute = createRoute({
  getParentRoute: () => personRoute,
  path: "/operator",
  validateSearch: (search): OperatorSearch =>
    onlySaid({
      tab: searchChoice(search.tab, OPERATOR_TABS),
      days: searchChoice(String(search.days), OPERATOR_DAYS),
    }),
  beforeLoad: async ({ context }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    // The server refuses everybody else as well.
    if (session?.user.isOperator !== true) throw redirect({ to: "/" });
  },
}).lazy(async () => (await import("./operator-page.tsx")).route);

export const operatorRoutes = [operatorRoute] as const;
