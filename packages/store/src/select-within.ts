import { LIMITS } from "@assay/core";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { type InferSelectModel, type SQL, sql } from "./drizzle.ts";
import type { TenantTable } from "./tenant-row.ts";
import type { TenantTx } from "./tenant-tx.ts";

/** The first of many rows. */
export interface Cut<R> {
  rows: R[];
  /** There are more within the limit, left out because the texts of these are long. */
  isCut: boolean;
}

interface Wanted {
  where: SQL | undefined;
  orderBy: SQL[];
  limit: number;
  /** The column whose texts may be long. */
  long: SQLiteColumn;
}

/**
 * As many of the first rows as their long texts are within `LIMITS.pageBytesMax` together, and one at least. A database
 * knows how long a text is without reading it.
 */
export async function selectWithin<T extends TenantTable>(
  tx: TenantTx,
  table: T,
  { long, ...wanted }: Wanted,
): Promise<Cut<InferSelectModel<T>>> {
  if (wanted.limit === 1) return { rows: await tx.select(table, wanted), isCut: false };
  const lengths = await tx.aggregate(table, { columns: { bytes: lengthOf(long) }, ...wanted });
  const fitting = countWithinPage(lengths.map(({ bytes }) => Number(bytes)));
  const rows = fitting === 0 ? [] : await tx.select(table, { ...wanted, limit: fitting });
  return { rows, isCut: fitting < lengths.length };
}

/** In bytes; without reading the text. */
export function lengthOf(long: SQLiteColumn): SQL {
  return sql`octet_length(${long})`;
}

/** How many of these texts, in their order, are short enough to be read in one turn; one at least. */
export function countWithinPage(bytes: readonly number[]): number {
  let sum = 0;
  for (const [index, each] of bytes.entries()) {
    sum += each;
    if (index > 0 && sum > LIMITS.pageBytesMax) return index;
  }
  return bytes.length;
}
