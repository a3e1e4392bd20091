import { z } from "zod";

export const DiffLine = z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() });
export type DiffLine = z.infer<typeof DiffLine>;
