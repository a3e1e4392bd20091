import {
  findLabelRow,
  findNewestMove,
  findPromptVersionById,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";
import { rightfulVersionId } from "../promotion/effective-version.ts";

interface Wanted {
  promptId: string;
  label: string;
  /** Is not compared with itself: there is nothing it could regress from. */
  candidateId: string;
}

/**
 * The versions a candidate must not be worse than: what the label holds in its own right, overrides left out, and
 * after a rollback also what was promoted last, until another promotion passes. Otherwise whoever rolls back lowers the
 * bar for what comes next.
 */
export async function findIncumbents(
  tx: TenantTx,
  { promptId, label, candidateId }: Wanted,
): Promise<PromptVersionRow[]> {
  const row = await findLabelRow(tx, { promptId, label });
  const promoted = await findNewestMove(tx, { promptId, label, kinds: ["gate", "unprotected"] });
  const ids = new Set([row && rightfulVersionId(row), promoted?.toVersionId]);
  const incumbents: PromptVersionRow[] = [];
  for (const id of ids) {
    if (id == null || id === candidateId) continue;
    const version = await findPromptVersionById(tx, id);
    if (version !== undefined) incumbents.push(version);
  }
  return incumbents;
}
