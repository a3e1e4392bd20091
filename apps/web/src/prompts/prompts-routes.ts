import { createRoute } from "@tanstack/react-router";
import { onlySaid, searchChoice, searchNumber, searchText } from "../shell/search-value.ts";
import { tenantRoute } from "../tenant-route.ts";
import { PROMPT_TABS, TRAFFIC_DAYS } from "./prompt-search.ts";

const promptsRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/prompts",
  validateSearch: ({ search, judges }: Record<string, unknown>) =>
    onlySaid({
      search: searchText(search),
      /** The prompts of judges too. */
      judges: judges === true ? true : undefined,
    }),
}).lazy(async () => (await import("./prompts-page.tsx")).route);

const promptRoute = createRoute({
  getParentRoute: () => tenantRoute,
  path: "/prompts/$prompt",
  validateSearch: ({ tab, from, to, days }: Record<string, unknown>) =>
    onlySaid({
      tab: searchChoice(tab, PROMPT_TABS),
      /** The two versions that are compared. */
      from: searchNumber(from, { min: 1 }),
      to: searchNumber(to, { min: 1 }),
      days: TRAFFIC_DAYS.find((each) => each === searchNumber(days)),
    }),
}).lazy(async () => (await import("./prompt-page.tsx")).route);

export const promptsRoutes = [promptsRoute, promptRoute] as const;
