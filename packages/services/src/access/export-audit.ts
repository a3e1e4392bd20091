import { csvLine, LIMITS } from "@assay/core";
import { listAuditRows, listMemberRows } from "@assay/store";
import type { Context } from "../context.ts";
import { nameActors } from "../editing/name-actors.ts";
import { memberViews } from "../people/member-view.ts";
import type { VerbInput } from "../verb.ts";

const PAGE_ROWS = 500;
const COLUMNS = ["time", "actor", "name", "action", "object", "details", "request"];

/** Entries of the audit log as lines of CSV, newest first, read on while they are sent. */
export async function exportAudit(
  context: Context,
  { actor, action }: VerbInput<"exportAudit">,
): Promise<AsyncGenerator<string>> {
  const people = await memberNames(context);
  return lines();

  async function* lines(): AsyncGenerator<string> {
    yield csvLine(COLUMNS);
    let after: string | undefined;
    for (let read = 0; read < LIMITS.auditFileEntriesMax; read += PAGE_ROWS) {
      const { text, last } = await page(after);
      yield text;
      if (last === undefined) return;
      after = last;
    }
    const { text } = await page(after);
    if (text !== "")
      yield csvLine([`The newest ${LIMITS.auditFileEntriesMax}: ask for an actor or an action.`]);
  }

  async function page(after: string | undefined): Promise<{ text: string; last: string | undefined }> {
    return await context.tenant.read(async (tx) => {
      const rows = await listAuditRows(tx, {
        actor,
        actionPrefix: action,
        ...(after !== undefined && { after }),
        limit: PAGE_ROWS,
      });
      const keyOf = await nameActors(
        tx,
        rows.map((row) => row.actor),
      );
      const text = rows.map((row) =>
        csvLine([
          row.createdAt.toISOString(),
          row.actor,
          people.get(row.actor) ?? keyOf(row.actor)?.name ?? "",
          row.action,
          row.object,
          JSON.stringify(row.details),
          row.requestId ?? "",
        ]),
      );
      return { text: text.join(""), last: rows.length < PAGE_ROWS ? undefined : rows.at(-1)?.id };
    });
  }
}

/** By actor. Whoever is no member any more keeps their id alone. */
async function memberNames({ platform, tenant }: Context): Promise<Map<string, string>> {
  const rows = await tenant.read((tx) => listMemberRows(tx, { limit: LIMITS.membersPerTenantMax }));
  const members = await memberViews(platform, rows);
  return new Map(members.map(({ user }) => [`user:${user.id}`, user.name]));
}
