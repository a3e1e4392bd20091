import { createRoute } from "@tanstack/react-router";
import { onlySaid, searchChoice, searchNumber, searchText } from "../shell/search-value.ts";
import { tenantRoute } from "../tenant-route.ts";

type Search = Record<string, unknown>;

const RUN_STATUSES = ["queued", "running", "completed", "failed", "cancelled"] as const;
/** Ten ids with their commas. */
const RUNS_LENGTH_MAX = 400;

const runsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations",
  validateSearch: (search: Search) =>
    onlySaid({
      suite: searchText(search.suite),
      prompt: searchText(search.prompt),
      status: searchChoice(search.status, RUN_STATUSES),
      /** The dialog that starts one is open; what else is named is chosen there already. */
      start: searchChoice(search.start, ["yes"]),
      version: searchNumber(search.version, { min: 1 }),
      failingIn: searchText(search.failingIn),
    }),
}).lazy(async () => (await import("./runs-page.tsx")).route);

const compareRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations/compare",
  validateSearch: (search: Search) =>
    onlySaid({
      runs: searchText(search.runs, RUNS_LENGTH_MAX),
      change: searchChoice(search.change, ["lost", "gained", "changed", "unknown", "same"]),
      tag: searchText(search.tag),
      beside: searchText(search.beside),
    }),
}).lazy(async () => (await import("./compare-page.tsx")).route);

const runRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations/$run",
  validateSearch: (search: Search) =>
    onlySaid({
      tab: searchChoice(search.tab, ["overview", "cases", "about"]),
      show: searchChoice(search.show, ["passed", "notPassed", "notScored", "failed"]),
      tag: searchText(search.tag),
      case: searchText(search.case),
    }),
}).lazy(async () => (await import("./run-page.tsx")).route);

export const evaluationsRoutes = [runsRoute, compareRoute, runRoute] as const;
