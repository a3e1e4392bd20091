import { invariant, type LabelMove, type Page } from "@assay/core";
import { findVerdicts, findVersionNames, listLabelMoveRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import { findPrompt } from "../registry/find-prompt.ts";
import type { VerbInput } from "../verb.ts";

/** Newest first; a label that was never moved has an empty list. */
export async function listLabelMoves(
  context: Context,
  input: VerbInput<"listLabelMoves">,
): Promise<Page<LabelMove>> {
  return await context.tenant.read(async (tx) => {
    const prompt = await findPrompt(context, tx, input.prompt);
    const key = { promptId: prompt.id, label: input.label };
    const rows = await listLabelMoveRows(tx, { ...key, ...keysetOf(input) });
    const versions = await findVersionNames(
      tx,
      rows.flatMap(({ fromVersionId, toVersionId }) => [
        toVersionId,
        ...(fromVersionId ? [fromVersionId] : []),
      ]),
    );
    const verdicts = await findVerdicts(
      tx,
      rows.flatMap(({ verdictId }) => verdictId ?? []),
    );
    const numberOf = (id: string) => {
      const found = versions.get(id);
      invariant(found !== undefined, "the versions of a move cannot be removed");
      return found.version;
    };
    return pageOfRows({
      query: input,
      rows,
      toItem: (row): LabelMove => ({
        id: row.id,
        label: row.label,
        fromVersion: row.fromVersionId === null ? null : numberOf(row.fromVersionId),
        toVersion: numberOf(row.toVersionId),
        kind: row.kind,
        runId: row.verdictId === null ? null : (verdicts.get(row.verdictId)?.runId ?? null),
        reason: row.reason,
        expiresAt: row.expiresAt?.toISOString() ?? null,
        movedBy: row.movedBy,
        movedAt: row.createdAt.toISOString(),
      }),
      cursorOf: (row) => row.id,
    });
  });
}
