import { csvLine, LIMITS } from "@assay/core";
import { listAuditRows } from "@assay/store";
import type { Context } from "../context.ts";
import { nameActors } from "../people/name-actors.ts";
import type { VerbInput } from "../verb.ts";
import { wantedEntries } from "./wanted-entries.ts";

const PAGE_ROWS = 500;
const COLUMNS = ["time", "actor", "name", "action", "object", "details", "request"];

/** Entries of the audit log as lines of CSV, newest first, read on while they are sent. */
export async function* exportAudit(
  context: Context,
  wanted: VerbInput<"exportAudit">,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  let after: string | undefined;
  for (let read = 0; read < LIMITS.auditFileEntriesMax; read += PAGE_ROWS) {
    const { lines, last } = await linesAfter(context, wanted, after);
    yield lines;
    if (last === undefined) return;
    after = last;
  }
  const { lines } = await linesAfter(context, wanted, after);
  if (lines !== "")
    yield csvLine([`The newest ${LIMITS.auditFileEntriesMax}: ask for an actor or an action.`]);
}

async function linesAfter(
  context: Context,
  wanted: VerbInput<"exportAudit">,
  after: string | undefined,
): Promise<{ lines: string; last: string | undefined }> {
  const place = { ...(after !== undefined && { after }), limit: PAGE_ROWS };
  const rows = await context.tenant.read((tx) => listAuditRows(tx, { ...wantedEntries(wanted), ...place }));
  const named = await nameActors(
    context,
    rows.map((row) => row.actor),
  );
  const lines = rows.map((row) =>
    csvLine([
      row.createdAt.toISOString(),
      row.actor,
      named(row.actor)?.name ?? "",
      row.action,
      row.object,
      JSON.stringify(row.details),
      row.requestId ?? "",
    ]),
  );
  return { lines: lines.join(""), last: rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.id };
}
