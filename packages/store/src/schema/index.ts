import type { Kit } from "../kit.ts";
import { defineAccessTables } from "./access-tables.ts";
import { defineAnnotationTables } from "./annotation-tables.ts";
import { defineDatasetTables } from "./dataset-tables.ts";
import { defineEvaluationTables } from "./evaluation-tables.ts";
import { defineMemberTables, defineUserTables } from "./people-tables.ts";
import { definePlatformTables } from "./platform-tables.ts";
import { definePromotionTables } from "./promotion-tables.ts";
import { defineRegistryTables } from "./registry-tables.ts";
import { defineTracingTables } from "./tracing-tables.ts";

/** THE list of tables, for either dialect. */
export function defineSchema(k: Kit) {
  const platform = definePlatformTables(k);
  const users = defineUserTables(k);
  const access = defineAccessTables(k, platform);
  const registry = defineRegistryTables(k, platform);
  const dataset = defineDatasetTables(k, platform);
  const evaluation = defineEvaluationTables(k, platform, { ...registry, ...dataset });
  return {
    ...platform,
    ...users,
    ...access,
    ...registry,
    ...dataset,
    ...evaluation,
    ...definePromotionTables(k, { platform, registry, dataset, evaluation }),
    ...defineAnnotationTables(k, platform, { ...registry, ...evaluation }),
    ...defineMemberTables(k, platform, users),
    ...defineTracingTables(k, { platform, access, registry }),
  };
}

export type Schema = ReturnType<typeof defineSchema>;
