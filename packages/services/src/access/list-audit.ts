import type { AuditEntry, Page } from "@assay/core";
import { listAuditRows } from "@assay/store";
import type { Context } from "../context.ts";
import { nameActors } from "../editing/name-actors.ts";
import { keysetOf, pageOfRows } from "../page-of-rows.ts";
import type { VerbInput } from "../verb.ts";

export async function listAudit(context: Context, query: VerbInput<"listAudit">): Promise<Page<AuditEntry>> {
  const rows = await context.tenant.read((tx) =>
    listAuditRows(tx, { ...keysetOf(query), actor: query.actor, actionPrefix: query.action }),
  );
  const named = await nameActors(
    context,
    rows.map((row) => row.actor),
  );
  return pageOfRows({
    query,
    rows,
    cursorOf: (row) => row.id,
    toItem: ({ id, actor, action, object, details, requestId, createdAt }): AuditEntry => ({
      id,
      actor,
      actorName: named(actor)?.name ?? null,
      action,
      object,
      details: details as AuditEntry["details"],
      requestId,
      createdAt: createdAt.toISOString(),
    }),
  });
}
