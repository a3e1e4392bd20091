import type { Promotion } from "@assay/core";

interface May {
  promote: boolean;
  edit: boolean;
  override: boolean;
}

export interface Way {
  /** Null for who may not promote: for them there is no such button. */
  canPromote: boolean | null;
  canPropose: boolean;
  canOverride: boolean;
  /** Names the text: `way.<reason>`. */
  reason: "noGate" | "passes" | "needsApproval" | "refused" | "propose" | "proposed" | "readOnly";
}

/** What somebody who may do this much can do about a move as it stands. */
export function wayOf({ gate, verdict, changeRequest }: Promotion, may: May): Way {
  const passes = verdict === null || verdict.outcome === "pass";
  const canOverride = may.override && gate !== null && !passes;
  const canPropose = may.edit && changeRequest === null && (!may.promote || lacksApproval(verdict));
  const own = { canPromote: may.promote ? passes : null, canPropose, canOverride };
  if (!may.promote) {
    const reason = canPropose ? "propose" : may.edit ? "proposed" : "readOnly";
    return { ...own, reason };
  }
  if (gate === null) return { ...own, reason: "noGate" };
  if (passes) return { ...own, reason: "passes" };
  return { ...own, reason: lacksOnlyApproval(verdict) ? "needsApproval" : "refused" };
}

function lacksApproval(verdict: Promotion["verdict"]): boolean {
  return verdict?.clauses.some(({ clause, outcome }) => clause === "approval" && outcome !== "pass") === true;
}

function lacksOnlyApproval(verdict: Promotion["verdict"]): boolean {
  const open = verdict?.clauses.filter(({ outcome }) => outcome !== "pass") ?? [];
  return open.length === 1 && open[0]?.clause === "approval";
}
