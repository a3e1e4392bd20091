import { and, desc, eq, gte, inArray, lt, lte, or, type SQL, sql } from "../drizzle.ts";
import type { TenantTx } from "../tenant-tx.ts";

interface WantedEntries {
  actor?: string | undefined;
  actionPrefix?: string | undefined;
  /** Only about this object. */
  object?: string;
  /** Only of these actions. */
  actions?: readonly string[];
  /** Only about this prompt. */
  prompt?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  after?: string;
  limit: number;
}

/** Newest first; `after` is the id of the last row of the page before. */
export async function listAuditRows(
  tx: TenantTx,
  { object, actions, actor, actionPrefix, prompt, since, until, after, limit }: WantedEntries,
) {
  const { auditEntries } = tx.tables;
  return await tx.select(auditEntries, {
    where: and(
      object === undefined ? undefined : eq(auditEntries.object, object),
      actions === undefined ? undefined : inArray(auditEntries.action, [...actions]),
      actor === undefined ? undefined : eq(auditEntries.actor, actor),
      actionPrefix === undefined
        ? undefined
        : sql`substr(${auditEntries.action}, 1, ${actionPrefix.length}) = ${actionPrefix}`,
      prompt === undefined ? undefined : isAboutPrompt(auditEntries, prompt),
      since === undefined ? undefined : gte(auditEntries.createdAt, since),
      until === undefined ? undefined : lte(auditEntries.createdAt, until),
      after === undefined ? undefined : lt(auditEntries.id, after),
    ),
    orderBy: [desc(auditEntries.id)],
    limit,
  });
}

/** Actions on a prompt, on `<prompt>@<version>` or on `<prompt>@<label>`; datasets and suites may be called the same. */
const PROMPT_ACTIONS = ["prompt", "label.", "gate.", "change.", "trace_settings."] as const;

function isAboutPrompt(
  { object, action, details }: TenantTx["tables"]["auditEntries"],
  slug: string,
): SQL | undefined {
  const escaped = slug.replaceAll("_", "\\_");
  const isItsObject = sql`(${object} = ${slug} or ${object} like ${`${escaped}@%`} escape '\\')`;
  const isOfPrompts = or(
    ...PROMPT_ACTIONS.map((start) => sql`substr(${action}, 1, ${start.length}) = ${start}`),
  );
  return or(and(isItsObject, isOfPrompts), sql`${details} like ${`%"prompt":"${escaped}"%`} escape '\\'`);
}
