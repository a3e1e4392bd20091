import { z } from "zod";
import { JsonObject } from "./names.ts";

/** One use of a scorer; `options` are checked by the scorer's own schema when the suite is stored. */
export const ScorerUse = z.strictObject({
  type: z.string().min(1).max(64),
  /** Names the metric; defaults to the type and must be unique within the suite. */
  name: z.string().min(1).max(64).optional(),
  /** Its share in the case's score; 0 reports the metric without letting it count. */
  weight: z.number().min(0).max(1_000).default(1),
  /** The opposite: the score becomes 1 − score, and a threshold that was met is missed. */
  negate: z.boolean().optional(),
  /** The metric passes from this score on; a case passes only when all its metrics with a threshold do. */
  threshold: z.number().min(0).max(1).optional(),
  options: JsonObject.default({}),
});
export type ScorerUse = z.infer<typeof ScorerUse>;
