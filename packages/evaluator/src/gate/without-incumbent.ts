import type { VerdictClause } from "@assay/core";

/** Decides a clause about the change from the incumbent when there is nothing to compare with. */
export function withoutIncumbent(
  about: Omit<VerdictClause, "outcome" | "message">,
  incumbentVersion: number | null,
): VerdictClause {
  if (incumbentVersion === null) {
    return {
      ...about,
      outcome: "pass",
      message: "The label holds no other version: there is nothing to regress from.",
    };
  }
  const message = `There are no scores of version ${incumbentVersion} to compare with. Run the suite on version ${incumbentVersion}.`;
  return { ...about, outcome: "inconclusive", message };
}
