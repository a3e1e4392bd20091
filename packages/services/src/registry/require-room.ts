import { AppError } from "@assay/core";

/**
 * Refuses one thing more where a tenant has as many as it may have.
 * @throws AppError `conflict`
 */
export function requireRoom(things: string, { count, max }: { count: number; max: number }): void {
  if (count < max) return;
  throw new AppError("conflict", `There are ${count} ${things}, and ${max} is the most there may be.`, {
    max,
  });
}
