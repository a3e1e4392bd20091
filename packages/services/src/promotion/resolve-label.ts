import { notFound } from "@assay/core";
import {
  findLabelledVersion,
  listPromptVersionRows,
  type PromptVersionRow,
  type TenantTx,
} from "@assay/store";

/** The label that is kept by the server: always a prompt's newest version. */
export const LATEST = "latest";

/**
 * The version a label means at `now`, in one indexed read. There is no falling back to another label.
 * @throws AppError `not_found` when the prompt has no such label.
 */
export async function resolveLabel(
  tx: TenantTx,
  { promptId, label, now }: { promptId: string; label: string; now: Date },
): Promise<PromptVersionRow> {
  const version =
    label === LATEST
      ? (await listPromptVersionRows(tx, promptId, { limit: 1 })).rows[0]
      : await findLabelledVersion(tx, { promptId, label, now });
  if (version === undefined) throw notFound("label");
  return version;
}
