import { type ChangeRequest, invariant } from "@assay/core";
import { type ChangeRequestRow, findPrompts, findVersionAuthors, type TenantTx } from "@assay/store";

/** Change requests as they are read, in the order they come in. */
export async function viewChanges(tx: TenantTx, rows: readonly ChangeRequestRow[]): Promise<ChangeRequest[]> {
  if (rows.length === 0) return [];
  const prompts = await findPrompts(tx, { ids: [...new Set(rows.map((row) => row.promptId))] });
  const versions = await findVersionAuthors(
    tx,
    rows.flatMap(({ fromVersionId, toVersionId }) => [
      toVersionId,
      ...(fromVersionId ? [fromVersionId] : []),
    ]),
  );
  return rows.map((row) => {
    const prompt = prompts.get(row.promptId);
    const to = versions.get(row.toVersionId);
    const from = row.fromVersionId === null ? null : versions.get(row.fromVersionId);
    invariant(prompt && to && from !== undefined, "what a change request names cannot be removed");
    return {
      id: row.id,
      prompt: prompt.slug,
      label: row.label,
      fromVersion: from?.version ?? null,
      toVersion: to.version,
      title: row.title,
      description: row.description,
      status: row.status,
      proposedBy: row.proposedBy,
      writtenBy: to.createdBy,
      decidedBy: row.decidedBy,
      reason: row.decisionReason,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      moveId: row.moveId,
      createdAt: row.createdAt.toISOString(),
    };
  });
}

export async function viewChange(tx: TenantTx, row: ChangeRequestRow): Promise<ChangeRequest> {
  const [view] = await viewChanges(tx, [row]);
  invariant(view !== undefined, "one row makes one view");
  return view;
}
