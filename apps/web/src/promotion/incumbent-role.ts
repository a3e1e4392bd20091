import type { Promotion } from "@assay/core";
import type { IncumbentRole } from "../gate/clause-words.ts";

/** What a version that the gate compares with is to the label: after a rollback not every one of them is in use. */
export function incumbentRole({ present }: Pick<Promotion, "present">, version: number): IncumbentRole {
  if (present === null) return undefined;
  if (present.version === version) return "inUse";
  return present.standing.kind === "rolled_back" ? "lastPromoted" : undefined;
}
