import { createRoute } from "@tanstack/react-router";
import { onlySaid, searchChoice, searchNumber, searchText } from "../shell/search-value.ts";
import { tenantRoute } from "../tenant-route.ts";
import { CHANGE_FILTERS } from "./change-filters.ts";

type Search = Record<string, unknown>;

const promoteRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/prompts/$prompt/promote",
  validateSearch: (search: Search) =>
    onlySaid({ version: searchNumber(search.version, { min: 1 }), label: searchText(search.label) }),
}).lazy(async () => (await import("./promote-page.tsx")).route);

const historyRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/prompts/$prompt/history",
  validateSearch: (search: Search) =>
    onlySaid({
      label: searchText(search.label),
      /** Asks at once whether to go one step back. */
      rollback: search.rollback === true ? true : undefined,
    }),
}).lazy(async () => (await import("./history-page.tsx")).route);

const gatesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/prompts/$prompt/gates",
  validateSearch: (search: Search) => onlySaid({ label: searchText(search.label) }),
}).lazy(async () => (await import("./gates-page.tsx")).route);

const changesRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/changes",
  validateSearch: (search: Search) =>
    onlySaid({ status: searchChoice(search.status, CHANGE_FILTERS), prompt: searchText(search.prompt) }),
}).lazy(async () => (await import("./changes-page.tsx")).route);

const changeRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/changes/$changeId",
}).lazy(async () => (await import("./change-page.tsx")).route);

export const promotionRoutes = [promoteRoute, historyRoute, gatesRoute, changesRoute, changeRoute] as const;
