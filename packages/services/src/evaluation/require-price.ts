import { AppError, type Price } from "@assay/core";
import type { ServableModel } from "@assay/store";

/**
 * The price of a model that a scorer asks in a run with a budget.
 * @param role what the model is to the run, in words.
 * @throws AppError `conflict` while the model has none.
 */
export function requirePrice({ slug, price }: ServableModel, role: string): Price {
  if (price !== null) return price;
  throw new AppError(
    "conflict",
    `The run has a budget and its ${role} "${slug}" has no price. Give the model a price, or start the run without a budget.`,
  );
}
