import { AppError, holdsScope, type Price } from "@assay/core";
import type { Context } from "../context.ts";

/**
 * Gates count costs by a model's price, so whoever is measured may not name it. Without a price the cost is unknown.
 * @throws AppError `scope_missing`
 */
export function requirePriceScope({ caller }: Context, price: Price | null): void {
  if (price === null || holdsScope(caller.scopes, "admin")) return;
  throw new AppError(
    "scope_missing",
    'Naming a price needs the scope "admin", because gates and budgets count by it. Leave the price out, or let an admin add the model.',
  );
}
