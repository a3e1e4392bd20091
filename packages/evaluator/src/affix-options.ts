import { z } from "zod";

/** Options of the scorers that look at one end of the output. */
export const affixOptions = z.strictObject({
  values: z
    .array(z.string().min(1).max(10_000))
    .min(1)
    .max(100)
    .optional()
    .describe("Texts any of which will do; without it the case's expectation."),
  ignoreCase: z.boolean().default(false).describe("Compare without regard to case."),
  trim: z.boolean().default(true).describe("Leave out white space around the output."),
});
