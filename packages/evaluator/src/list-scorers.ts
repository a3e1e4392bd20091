import { JsonObject, type ScorerInfo } from "@assay/core";
import { z } from "zod";
import { SCORERS } from "./scorers/index.ts";

/** Every scorer with the JSON Schema of its options, in the order of the list. */
export function listScorers(): ScorerInfo[] {
  return SCORERS.map(({ type, title, description, kind, measure, options }) => ({
    type,
    title,
    description,
    kind,
    measure: measure ?? null,
    options: JsonObject.parse(z.toJSONSchema(options, { io: "input" })),
  }));
}
