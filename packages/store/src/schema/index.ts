import type { Kit } from "../kit.ts";
import { defineAccessTables } from "./access-tables.ts";
import { defineEvaluationTables } from "./evaluation-tables.ts";
import { definePlatformTables } from "./platform-tables.ts";
import { definePromotionTables } from "./promotion-tables.ts";
import { defineRegistryTables } from "./registry-tables.ts";

/** THE list of tables, for either dialect. */
export function defineSchema(k: Kit) {
  const platform = definePlatformTables(k);
  const registry = defineRegistryTables(k, platform);
  const evaluation = defineEvaluationTables(k, platform, registry);
  return {
    ...platform,
    ...defineAccessTables(k, platform),
    ...registry,
    ...evaluation,
    ...definePromotionTables(k, { platform, registry, evaluation }),
  };
}

export type Schema = ReturnType<typeof defineSchema>;
