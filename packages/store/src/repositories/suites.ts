import { setImmediate as nextTurn } from "node:timers/promises";
import {
  and,
  asc,
  desc,
  eq,
  gt,
  type InferInsertModel,
  type InferSelectModel,
  inArray,
  lte,
  max,
  or,
} from "../drizzle.ts";
import { newId } from "../new-id.ts";
import type { Schema } from "../schema/index.ts";
import { type Cut, countWithinPage, lengthOf, selectWithin } from "../select-within.ts";
import type { TenantTx } from "../tenant-tx.ts";

export type SuiteRow = InferSelectModel<Schema["suites"]>;
export type SuiteVersionRow = InferSelectModel<Schema["suiteVersions"]>;
type SuiteVersionInsert = Omit<InferInsertModel<Schema["suiteVersions"]>, "tenantId" | "id" | "createdAt">;

export async function findSuiteBySlug(
  tx: TenantTx,
  slug: string,
  lock = false,
): Promise<SuiteRow | undefined> {
  return await tx.find(tx.tables.suites, eq(tx.tables.suites.slug, slug), lock);
}

/** Answers the suite's row, locked; makes it first where there is none. `created` says which. */
export async function ensureSuite(
  tx: TenantTx,
  slug: string,
): Promise<{ suite: SuiteRow | undefined; created: boolean }> {
  const row = { id: newId("suite"), slug, createdAt: new Date() };
  const created = await tx.insertIfAbsent(tx.tables.suites, row);
  return { suite: await findSuiteBySlug(tx, slug, true), created };
}

export async function countSuites(tx: TenantTx): Promise<number> {
  return await tx.count(tx.tables.suites);
}

export async function insertSuiteVersion(tx: TenantTx, draft: SuiteVersionInsert): Promise<SuiteVersionRow> {
  const row = { id: newId("suiteVersion"), createdAt: new Date(), ...draft };
  return await tx.insert(tx.tables.suiteVersions, row, "The suite got another version meanwhile.");
}

export async function findNewestSuiteVersion(
  tx: TenantTx,
  suiteId: string,
): Promise<SuiteVersionRow | undefined> {
  const { suiteVersions } = tx.tables;
  const [row] = await tx.select(suiteVersions, {
    where: eq(suiteVersions.suiteId, suiteId),
    orderBy: [desc(suiteVersions.version)],
    limit: 1,
  });
  return row;
}

export async function findSuiteVersion(
  tx: TenantTx,
  suiteId: string,
  version: number,
): Promise<SuiteVersionRow | undefined> {
  const { suiteVersions } = tx.tables;
  const where = and(eq(suiteVersions.suiteId, suiteId), eq(suiteVersions.version, version));
  const [row] = await tx.select(suiteVersions, { where, limit: 1 });
  return row;
}

/** A version of a suite and those before it, newest first, as many as may be read in one turn. */
export async function listSuiteVersionsUpTo(
  tx: TenantTx,
  { suiteId, version }: Pick<SuiteVersionRow, "suiteId" | "version">,
  limit: number,
): Promise<Cut<SuiteVersionRow>> {
  const { suiteVersions } = tx.tables;
  return await selectWithin(tx, suiteVersions, {
    where: and(eq(suiteVersions.suiteId, suiteId), lte(suiteVersions.version, version)),
    orderBy: [desc(suiteVersions.version)],
    limit,
    long: suiteVersions.spec,
  });
}

/** Suites by slug, each with its newest version; as many as may be read in one turn. */
export async function listNewestSuiteVersions(
  tx: TenantTx,
  page: { after?: string; limit: number },
): Promise<Cut<{ suite: SuiteRow; newest: SuiteVersionRow }>> {
  const { suites, suiteVersions } = tx.tables;
  const where = page.after === undefined ? undefined : gt(suites.slug, page.after);
  const found = await tx.select(suites, { where, orderBy: [asc(suites.slug)], limit: page.limit });
  const facts = await newestVersionsOf(
    tx,
    found.map(({ id }) => id),
  );
  const lengths = found.map(({ id }) => facts.get(id)?.bytes ?? 0);
  const shown = found.slice(0, countWithinPage(lengths));
  const ids = shown.flatMap(({ id }) => facts.get(id)?.id ?? []);
  const newest =
    ids.length === 0 ? [] : await tx.select(suiteVersions, { where: inArray(suiteVersions.id, ids) });
  const newestOf = new Map(newest.map((row) => [row.suiteId, row]));
  const rows = shown.flatMap((suite) => {
    const version = newestOf.get(suite.id);
    return version === undefined ? [] : [{ suite, newest: version }];
  });
  return { rows, isCut: shown.length < found.length };
}

/** A suite version without its text, and how long that is. */
export type SuiteVersionFacts = Pick<
  SuiteVersionRow,
  "id" | "suiteId" | "version" | "promptId" | "datasetId"
> & {
  bytes: number;
};

/** Newest version by suite id. */
export async function newestVersionsOf(
  tx: TenantTx,
  suiteIds: readonly string[],
): Promise<Map<string, SuiteVersionFacts>> {
  if (suiteIds.length === 0) return new Map();
  const { suiteVersions } = tx.tables;
  const newest = await tx.aggregate(suiteVersions, {
    columns: { suiteId: suiteVersions.suiteId, version: max(suiteVersions.version) },
    where: inArray(suiteVersions.suiteId, [...suiteIds]),
    groupBy: [suiteVersions.suiteId],
  });
  const each = newest.map(({ suiteId, version }) =>
    and(eq(suiteVersions.suiteId, String(suiteId)), eq(suiteVersions.version, Number(version))),
  );
  if (each.length === 0) return new Map();
  const { id, suiteId, version, promptId, datasetId, spec } = suiteVersions;
  const rows = (await tx.aggregate(suiteVersions, {
    columns: { id, suiteId, version, promptId, datasetId, bytes: lengthOf(spec) },
    where: or(...each),
  })) as SuiteVersionFacts[];
  return new Map(rows.map((row) => [row.suiteId, { ...row, bytes: Number(row.bytes) }]));
}

/** What a suite version's id means to people, and whether it has a gate block. */
export interface SuiteVersionName {
  suiteId: string;
  slug: string;
  version: number;
  hasGate: boolean;
}

/** By id. The specs are read a few at a time, as they may be long. */
export async function nameSuiteVersions(
  tx: TenantTx,
  ids: readonly string[],
): Promise<Map<string, SuiteVersionName>> {
  if (ids.length === 0) return new Map();
  const { suites, suiteVersions } = tx.tables;
  const { id, suiteId, version, spec } = suiteVersions;
  if (ids.length === 1) {
    // One may always be read; a run is asked for again and again while it goes on.
    const rows = await tx.join(
      { left: suiteVersions, right: suites, on: eq(suites.id, suiteId) },
      { where: inArray(id, [...ids]) },
    );
    return new Map(rows.map(({ left, right }) => [left.id, nameOf(left, right.slug)]));
  }
  const facts = (await tx.aggregate(suiteVersions, {
    columns: { id, suiteId, version, bytes: lengthOf(spec) },
    where: inArray(id, [...ids]),
  })) as Pick<SuiteVersionFacts, "id" | "suiteId" | "version" | "bytes">[];
  const suiteIds = [...new Set(facts.map((each) => each.suiteId))];
  const slugs = new Map(
    (await tx.select(suites, { where: inArray(suites.id, suiteIds) })).map((row) => [row.id, row.slug]),
  );
  const named = new Map<string, SuiteVersionName>();
  for (let start = 0; start < facts.length; ) {
    const left = facts.slice(start);
    const some = left.slice(0, countWithinPage(left.map(({ bytes }) => Number(bytes))));
    const rows = await tx.select(suiteVersions, {
      where: inArray(
        id,
        some.map((each) => each.id),
      ),
    });
    for (const row of rows) named.set(row.id, nameOf(row, slugs.get(row.suiteId) ?? ""));
    start += some.length;
    if (start < facts.length) await nextTurn();
  }
  return named;
}

function nameOf({ suiteId, version, spec }: SuiteVersionRow, slug: string): SuiteVersionName {
  return { suiteId, slug, version, hasGate: spec.gate !== undefined };
}
