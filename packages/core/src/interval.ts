import { z } from "zod";

/** A mean with its 95 % confidence interval; all null when nothing was scored. */
export const Interval = z.object({
  mean: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
});
export type Interval = z.infer<typeof Interval>;
