import type { listAuditRows, TenantTx } from "@assay/store";
import { findPromptById, findPromptVersionById, findRun } from "@assay/store";
import type { Context } from "../context.ts";
import { nameActors } from "../people/name-actors.ts";

type AuditRow = Awaited<ReturnType<typeof listAuditRows>>[number];

/** What actors and objects of entries are called now, where the entries name them by ids. */
interface AuditNames {
  actorName(row: AuditRow): string | null;
  objectName(row: AuditRow): string | null;
}

/** Not to be called within a transaction of the tenant. */
export async function nameAudited(context: Context, rows: readonly AuditRow[]): Promise<AuditNames> {
  const objects = rows.map(actorAsObject);
  const named = await inParts([...rows.map(({ actor }) => actor), ...objects], context);
  const runs = await nameRunsOf(context, rows);
  return {
    actorName: ({ actor }) => named.get(actor) ?? null,
    objectName: (row) => named.get(actorAsObject(row) ?? "") ?? runs.get(row.object) ?? null,
  };
}

/** Keys and members are objects by their ids alone. */
function actorAsObject({ action, object }: AuditRow): string | null {
  if (action.startsWith("key.")) return `key:${object}`;
  return action.startsWith("member.") ? `user:${object}` : null;
}

async function inParts(actors: readonly (string | null)[], context: Context): Promise<Map<string, string>> {
  const distinct = [...new Set(actors.filter((actor) => actor !== null))];
  const named = await nameActors(context, distinct);
  return new Map(
    distinct.map((actor) => [actor, named(actor)?.name ?? ""] as const).filter(([, name]) => name),
  );
}

/** The version that a run measures: `<prompt>@<version>`. */
async function nameRunsOf({ tenant }: Context, rows: readonly AuditRow[]): Promise<Map<string, string>> {
  const ids = new Set(rows.filter(({ action }) => action.startsWith("run.")).map(({ object }) => object));
  const names = new Map<string, string>();
  if (ids.size === 0) return names;
  await tenant.read(async (tx) => {
    for (const id of ids) {
      const name = await nameOfRun(tx, id);
      if (name !== undefined) names.set(id, name);
    }
  });
  return names;
}

async function nameOfRun(tx: TenantTx, id: string): Promise<string | undefined> {
  const run = await findRun(tx, id);
  const version = run && (await findPromptVersionById(tx, run.promptVersionId));
  const prompt = version && (await findPromptById(tx, version.promptId));
  return prompt && `${prompt.slug}@${version?.version}`;
}
