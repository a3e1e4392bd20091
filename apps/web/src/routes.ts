import { annotationRoutes } from "./annotation/annotation-routes.ts";
import { datasetsRoutes } from "./datasets/datasets-routes.ts";
import { evaluationsRoutes } from "./evaluations/evaluations-routes.ts";
import { homeRoutes } from "./home/home-routes.ts";
import { judgesRoutes } from "./judges/judges-routes.ts";
import { frontRoutes, loginRoutes } from "./login/login-routes.ts";
import { modelsRoutes } from "./models/models-routes.ts";
import { operatorRoutes } from "./operator/operator-routes.ts";
import { ownRoutes, peopleRoutes } from "./people/people-routes.ts";
import { playgroundRoutes } from "./playground/playground-routes.ts";
import { promotionRoutes } from "./promotion/promotion-routes.ts";
import { promptsRoutes } from "./prompts/prompts-routes.ts";
import { settingsRoutes } from "./settings/settings-routes.ts";
import { suitesRoutes } from "./suites/suites-routes.ts";
import { personRoute, rootRoute, tenantRoute } from "./tenant-route.ts";
import { tracesRoutes } from "./traces/traces-routes.ts";
import { usageRoutes } from "./usage/usage-routes.ts";

/** THE list of pages; each folder brings its own. */
export const routeTree = rootRoute.addChildren([
  ...loginRoutes,
  personRoute.addChildren([
    ...frontRoutes,
    ...ownRoutes,
    ...operatorRoutes,
    tenantRoute.addChildren([
      ...homeRoutes,
      ...evaluationsRoutes,
      ...datasetsRoutes,
      ...suitesRoutes,
      ...judgesRoutes,
      ...modelsRoutes,
      ...promptsRoutes,
      ...promotionRoutes,
      ...settingsRoutes,
      ...peopleRoutes,
      ...annotationRoutes,
      ...playgroundRoutes,
      ...tracesRoutes,
      ...usageRoutes,
    ]),
  ]),
]);
