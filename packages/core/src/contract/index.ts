import { accessRoutes } from "./access.ts";
import { annotationRoutes } from "./annotation.ts";
import { changeRequestRoutes } from "./change-requests.ts";
import { comparisonRoutes } from "./comparisons.ts";
import { dataPlaneRoutes, publicRoutes } from "./data-plane.ts";
import { datasetRoutes } from "./datasets.ts";
import { evaluationRoutes } from "./evaluation.ts";
import { evaluationViewRoutes } from "./evaluation-views.ts";
import { memberRoutes } from "./members.ts";
import { modelRoutes } from "./models.ts";
import { operatorRoutes } from "./operators.ts";
import { overviewRoutes } from "./overview.ts";
import { peopleRoutes } from "./people.ts";
import { playgroundRoutes } from "./playground.ts";
import { promptEditingRoutes } from "./prompt-editing.ts";
import { promptRoutes } from "./prompts.ts";
import type { Route } from "./route.ts";
import { ssoRoutes } from "./sso.ts";
import { feedbackRoutes, traceRoutes } from "./traces.ts";

/** THE list of routes. Server, client, OpenAPI document and the generated tests are all read from it. */
export const CONTRACT = {
  ...publicRoutes,
  ...dataPlaneRoutes,
  ...peopleRoutes,
  ...accessRoutes,
  ...memberRoutes,
  ...ssoRoutes,
  ...operatorRoutes,
  ...modelRoutes,
  ...promptRoutes,
  ...promptEditingRoutes,
  ...changeRequestRoutes,
  ...datasetRoutes,
  ...overviewRoutes,
  ...evaluationRoutes,
  ...evaluationViewRoutes,
  ...comparisonRoutes,
  ...traceRoutes,
  ...feedbackRoutes,
  ...annotationRoutes,
  ...playgroundRoutes,
} as const;

export type RouteName = keyof typeof CONTRACT;
export type RouteOf<N extends RouteName> = (typeof CONTRACT)[N];

/** The contract as plain data, each route with its name. */
export function listRoutes(): Route[] {
  return Object.entries(CONTRACT).map(([name, route]) => ({ name, ...route }));
}
