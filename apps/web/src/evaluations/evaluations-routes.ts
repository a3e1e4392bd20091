import { createRoute } from "@tanstack/react-router";
import { tenantRoute } from "../tenant-route.ts";
import { oneOf, present, textOf, wholeNumberOf } from "./search-values.ts";

const RUN_STATUSES = ["queued", "running", "completed", "failed", "cancelled"] as const;

const runsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations",
  validateSearch: (search: Record<string, unknown>) =>
    present({
      suite: textOf(search, "suite"),
      prompt: textOf(search, "prompt"),
      status: oneOf(search, "status", RUN_STATUSES),
      /** The dialog that starts one is open; what else it names is chosen there already. */
      start: oneOf(search, "start", ["yes"]),
      version: wholeNumberOf(search, "version"),
      failingIn: textOf(search, "failingIn"),
    }),
}).lazy(async () => (await import("./runs-page.tsx")).route);

const compareRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations/compare",
  validateSearch: (search: Record<string, unknown>) =>
    present({
      runs: textOf(search, "runs"),
      change: oneOf(search, "change", ["lost", "gained", "changed", "unknown", "same"]),
      tag: textOf(search, "tag"),
      beside: textOf(search, "beside"),
    }),
}).lazy(async () => (await import("./compare-page.tsx")).route);

const runRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/evaluations/$run",
  validateSearch: (search: Record<string, unknown>) =>
    present({
      tab: oneOf(search, "tab", ["overview", "cases", "about"]),
      show: oneOf(search, "show", ["passed", "notPassed", "notScored", "failed"]),
      tag: textOf(search, "tag"),
      case: textOf(search, "case"),
    }),
}).lazy(async () => (await import("./run-page.tsx")).route);

export const evaluationsRoutes = [runsRoute, compareRoute, runRoute] as const;
