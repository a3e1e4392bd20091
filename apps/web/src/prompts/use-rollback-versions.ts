import { useList, useRead } from "../api/use-api.ts";
import { useMay } from "../api/use-tenant.ts";
import { rollbackTargets } from "../components/rollback-targets.ts";

export const PRODUCTION = "production";

interface RollbackVersions {
  /** What is in production now. */
  present: number | null;
  /** Those that held production in their own right and that this person may put back. */
  versions: ReadonlySet<number>;
}

/** Which versions production can be rolled back to, of those that it held lately. */
export function useRollbackVersions(prompt: string): RollbackVersions {
  const mayPromote = useMay("promote");
  const labels = useRead("listLabels", { prompt });
  const present = labels.data?.items.find(({ name }) => name === PRODUCTION)?.version ?? null;
  const moves = useList(
    "listLabelMoves",
    { prompt, label: PRODUCTION },
    { isEnabled: mayPromote && present !== null },
  );
  const rows = (mayPromote && moves.data) || [];
  const targets = rollbackTargets(rows, present);
  const versions = new Set(rows.filter(({ id }) => targets.has(id)).map(({ toVersion }) => toVersion));
  return { present, versions };
}
