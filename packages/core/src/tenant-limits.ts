import { z } from "zod";
import { KeyLimits } from "./tenant.ts";

/** What a tenant may keep so much of and no more. */
export const HoldingName = z.enum([
  "prompts",
  "datasets",
  "cases",
  "suites",
  "models",
  "adapters",
  "connections",
  "keys",
  "members",
  "fileBytes",
]);
export type HoldingName = z.infer<typeof HoldingName>;

export const Holding = z.object({ name: HoldingName, used: z.number().int(), max: z.number().int() });
export type Holding = z.infer<typeof Holding>;

/** What the caller and the tenant may do, and how much of it they do now. */
export const TenantLimits = z.object({
  caller: KeyLimits.extend({
    /** Served requests of the last 60 seconds. */
    requestsLastMinute: z.number().int(),
  }),
  /** Null for a key that is confined to some prompts or labels. */
  tenant: z
    .object({
      /** The most that any key of the tenant can be given; null where no operator made it a key. */
      keyLimits: KeyLimits.nullable(),
      requestsLastMinute: z.number().int(),
    })
    .nullable(),
  /** Empty for such a key. */
  holdings: z.array(Holding),
});
export type TenantLimits = z.infer<typeof TenantLimits>;
