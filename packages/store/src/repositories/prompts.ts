import {
  and,
  asc,
  desc,
  eq,
  gt,
  type InferInsertModel,
  type InferSelectModel,
  inArray,
  lt,
  max,
  sql,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import { type Cut, selectWithin } from "../select-within.ts";
import type { TenantTx } from "../tenant-tx.ts";
import { whereIsJudge } from "./where-is-judge.ts";

export type PromptRow = InferSelectModel<Schema["prompts"]>;
export type PromptVersionRow = InferSelectModel<Schema["promptVersions"]>;
export type PromptVersionInsert = Omit<
  InferInsertModel<Schema["promptVersions"]>,
  "tenantId" | "id" | "createdAt"
>;

export async function insertPrompt(
  tx: TenantTx,
  draft: { slug: string; description: string },
): Promise<PromptRow> {
  const row = { id: newId("prompt"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.prompts, row, `A prompt "${draft.slug}" already exists.`);
}

export async function findPromptBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<PromptRow | undefined> {
  return await tx.find(tx.tables.prompts, eq(tx.tables.prompts.slug, slug), lock);
}

export async function findPromptById(tx: TenantTx, id: string, lock = false): Promise<PromptRow | undefined> {
  return await tx.find(tx.tables.prompts, eq(tx.tables.prompts.id, id), lock);
}

/** Those of the prompts that there are, by id. */
export async function findPrompts(
  tx: TenantTx,
  wanted: { ids: readonly string[] } | { slugs: readonly string[] },
): Promise<Map<string, PromptRow>> {
  const { prompts } = tx.tables;
  const where =
    "ids" in wanted ? inArray(prompts.id, [...wanted.ids]) : inArray(prompts.slug, [...wanted.slugs]);
  return new Map((await tx.select(prompts, { where })).map((row) => [row.id, row]));
}

interface PromptsPage {
  after?: string;
  limit: number;
  /** Confines the list to these; null does not. */
  slugs: readonly string[] | null;
  /** Part of a slug or a description, in any case. */
  search?: string | undefined;
  /** Only prompts of judges, or only the others. */
  isJudge?: boolean | undefined;
  /** Only prompts that have a label, or only those that have none. */
  isLabelled?: boolean | undefined;
}

/** By slug. */
export async function listPromptRows(tx: TenantTx, page: PromptsPage): Promise<PromptRow[]> {
  const { prompts, labels } = tx.tables;
  const hasLabel = sql`exists (select 1 from ${labels} l where l.tenant_id = ${prompts.tenantId}
    and l.prompt_id = ${prompts.id})`;
  const pattern = page.search && `%${page.search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  const where = and(
    pattern
      ? sql`(${prompts.slug} like ${pattern} escape '\\' or lower(${prompts.description}) like ${pattern} escape '\\')`
      : undefined,
    page.after === undefined ? undefined : gt(prompts.slug, page.after),
    page.slugs === null ? undefined : inArray(prompts.slug, [...page.slugs]),
    page.isLabelled === undefined ? undefined : page.isLabelled ? hasLabel : sql`not ${hasLabel}`,
    whereIsJudge(prompts.slug, page.isJudge),
  );
  return await tx.select(prompts, { where, orderBy: [asc(prompts.slug)], limit: page.limit });
}

export async function countPrompts(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.prompts);
}

/** Newest version number by prompt id; a prompt without versions is absent. */
export async function newestPromptVersionNumbers(
  tx: TenantTx,
  promptIds: readonly string[],
): Promise<Map<string, number>> {
  if (promptIds.length === 0) return new Map();
  const { promptVersions } = tx.tables;
  const rows = await tx.aggregate(promptVersions, {
    columns: { id: promptVersions.promptId, newest: max(promptVersions.version) },
    where: inArray(promptVersions.promptId, [...promptIds]),
    groupBy: [promptVersions.promptId],
  });
  return new Map(rows.map((row) => [String(row.id), Number(row.newest)]));
}

export async function insertPromptVersion(
  tx: TenantTx,
  draft: PromptVersionInsert,
): Promise<PromptVersionRow> {
  const row = { id: newId("promptVersion"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.promptVersions, row, "The prompt got another version meanwhile.");
}

export async function findPromptVersion(
  tx: TenantTx,
  promptId: string,
  version: number,
): Promise<PromptVersionRow | undefined> {
  const { promptVersions } = tx.tables;
  const where = and(eq(promptVersions.promptId, promptId), eq(promptVersions.version, version));
  const [row] = await tx.select(promptVersions, { where, limit: 1 });
  return row;
}

export async function findPromptVersionByContent(
  tx: TenantTx,
  promptId: string,
  contentSha256: string,
): Promise<PromptVersionRow | undefined> {
  const { promptVersions } = tx.tables;
  const where = and(eq(promptVersions.promptId, promptId), eq(promptVersions.contentSha256, contentSha256));
  const [row] = await tx.select(promptVersions, { where, limit: 1 });
  return row;
}

/**
 * Newest first, as many as may be read in one turn; `after` is the number of the last version of the page before.
 */
export async function listPromptVersionRows(
  tx: TenantTx,
  promptId: string,
  page: { after?: number; limit: number },
): Promise<Cut<PromptVersionRow>> {
  const { promptVersions } = tx.tables;
  const ofPrompt = eq(promptVersions.promptId, promptId);
  const where = page.after === undefined ? ofPrompt : and(ofPrompt, lt(promptVersions.version, page.after));
  return await selectWithin(tx, promptVersions, {
    where,
    orderBy: [desc(promptVersions.version)],
    limit: page.limit,
    long: promptVersions.content,
  });
}

/** Number and author of versions, by id; without their contents. */
export async function findVersionAuthors(
  tx: TenantTx,
  ids: readonly string[],
): Promise<Map<string, { version: number; createdBy: string | null }>> {
  if (ids.length === 0) return new Map();
  const { promptVersions } = tx.tables;
  const { id, version, createdBy } = promptVersions;
  const rows = await tx.aggregate(promptVersions, {
    columns: { id, version, createdBy },
    where: inArray(id, [...new Set(ids)]),
  });
  return new Map(
    rows.map((row) => [
      String(row.id),
      { version: Number(row.version), createdBy: row.createdBy === null ? null : String(row.createdBy) },
    ]),
  );
}

/** The newest version of each prompt, by prompt id; without their contents. */
export async function newestPromptVersions(tx: TenantTx, promptIds: readonly string[]) {
  const newest = await newestPromptVersionNumbers(tx, promptIds);
  if (newest.size === 0) return new Map<string, VersionFacts>();
  const { promptVersions } = tx.tables;
  const { promptId, version, note, createdBy, createdAt } = promptVersions;
  const pairs = [...newest].map(([id, number]) => sql`(${promptId} = ${id} and ${version} = ${number})`);
  const rows = await tx.aggregate(promptVersions, {
    columns: { promptId, version, note, createdBy, createdAt },
    where: sql.join(pairs, sql` or `),
  });
  return new Map(
    (rows as unknown as (VersionFacts & { promptId: string })[]).map((row) => [row.promptId, row]),
  );
}

export type VersionFacts = Pick<PromptVersionRow, "version" | "note" | "createdBy" | "createdAt">;
