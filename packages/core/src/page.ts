import { z } from "zod";
import { LIMITS } from "./limits.ts";

/** Query of every list: `cursor` is what the page before returned as `nextCursor`; it means nothing else. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(LIMITS.pageSizeDefault),
});
export type PageQuery = z.infer<typeof PageQuery>;

export interface Page<T> {
  /** May be fewer than asked for, where they are long. */
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
