import { AppError } from "@assay/core";
import type { RunRow } from "@assay/store";
import type { EvidenceParts } from "./evidence-hashes.ts";

/**
 * A budget can be kept only where the cost of the next answer has a bound.
 * @throws AppError `invalid_input` without a price or, at a provider, without a bound on the answer's length.
 */
export function requireBoundedCost({ model, promptVersion }: EvidenceParts, source: RunRow | null): void {
  // Nothing is asked of the model where stored outputs are scored.
  if (source !== null) return;
  if (model.price === null) {
    throw new AppError(
      "invalid_input",
      `The price of the model "${model.slug}" is not known, so a budget cannot be kept. Give the model a price, or leave the budget out.`,
      { param: "budgetMicros" },
    );
  }
  if (model.kind === "hosted" && promptVersion.content.sampling.maxTokens === undefined) {
    throw new AppError(
      "invalid_input",
      "The version sets no maxTokens, so an answer may cost anything and a budget cannot be kept. Pin sampling.maxTokens in a new version, or leave the budget out.",
      { param: "budgetMicros" },
    );
  }
}
