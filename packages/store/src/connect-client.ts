import type pg from "pg";
import { StoreUnavailableError } from "./database-error.ts";

/**
 * A connection of the pool, for one transaction.
 * @throws StoreUnavailableError when none was free, or none could be made, in time: the pool's own error has no code.
 */
export async function connectClient(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    if (cause instanceof Error && !("code" in cause)) {
      throw new StoreUnavailableError("The database had no free connection in time.", { cause });
    }
    throw cause;
  }
}
