import type { AuditEntry, Page } from "@assay/core";
import { listAuditRows } from "@assay/store";
import type { Context } from "../context.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";
import { nameAudited } from "./name-audited.ts";
import { wantedEntries } from "./wanted-entries.ts";

export async function listAudit(context: Context, query: VerbInput<"listAudit">): Promise<Page<AuditEntry>> {
  const rows = await context.tenant.read((tx) =>
    listAuditRows(tx, { ...wantedEntries(query), ...keysetOf(query) }),
  );
  const { actorName, objectName } = await nameAudited(context, rows);
  return pageOfRows({
    query,
    rows,
    cursorOf: (row) => row.id,
    toItem: (row): AuditEntry => ({
      id: row.id,
      actor: row.actor,
      actorName: actorName(row),
      action: row.action,
      object: row.object,
      objectName: objectName(row),
      details: row.details as AuditEntry["details"],
      requestId: row.requestId,
      createdAt: row.createdAt.toISOString(),
    }),
  });
}
