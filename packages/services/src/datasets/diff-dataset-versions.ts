import { hash } from "node:crypto";
import { type Case, type CaseDiff, canonicalJson, type DatasetDiff, LIMITS } from "@assay/core";
import type { CaseText, DatasetVersionRow, TenantStore } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireVersion } from "./find-version.ts";
import { readCasesAt } from "./read-cases-at.ts";
import { scanCases } from "./scan-cases.ts";
import { shortenCase } from "./shorten-case.ts";
import { versionMemory } from "./version-memory.ts";

const FIELDS = ["variables", "messages", "expected", "tags", "group"] as const;
/** Stands for the place of a case that is not there. */
const ABSENT = -1;
/** So few that all of them are in memory, however long they are. */
const PAIRS_PER_READ = 20;

type Pair = [before: number, after: number];

/** Places before and after, by turns: of the cases that were added or changed in the new order, then of those removed. */
interface Differences {
  places: Int32Array;
  added: number;
  changed: number;
  removed: number;
}

/**
 * Cases that a version has added, changed and removed since another of the same dataset. May show fewer than asked for,
 * where they are long; the next ones then begin after those.
 */
export async function diffDatasetVersions(
  { tenant }: Context,
  { dataset, version, from, offset, limit }: VerbInput<"diffDatasetVersions">,
): Promise<DatasetDiff> {
  const before = await requireVersion(tenant, { dataset, version: from });
  const after = await requireVersion(tenant, { dataset, version });
  const key = JSON.stringify([after.id, "diff", before.id]);
  const { places, ...counts } = await versionMemory.recall({ tenantId: tenant.tenantId, key }, async () => {
    const value = await findDifferences(tenant, before, after);
    return { value, bytes: value.places.byteLength };
  });
  const pairs = pairsOf(places.subarray(2 * offset, 2 * (offset + limit)));
  return { ...counts, items: await viewPairs(tenant, { before, after, pairs }) };
}

interface Shown {
  before: DatasetVersionRow;
  after: DatasetVersionRow;
  pairs: readonly Pair[];
}

/** As many as fit on a page; long cases are shortened. */
async function viewPairs(tenant: TenantStore, { before, after, pairs }: Shown): Promise<CaseDiff[]> {
  const items: CaseDiff[] = [];
  let chars = 0;
  for (let start = 0; start < pairs.length; start += PAIRS_PER_READ) {
    const some = pairs.slice(start, start + PAIRS_PER_READ);
    const old = await casesAt(
      tenant,
      before,
      some.map(([place]) => place),
    );
    const now = await casesAt(
      tenant,
      after,
      some.map(([, place]) => place),
    );
    for (const [was, is] of some) {
      const item = diffOf(old.get(was), now.get(is));
      chars += JSON.stringify(item).length;
      if (items.length > 0 && chars > LIMITS.pageBytesMax) return items;
      items.push(item);
    }
  }
  return items;
}

function pairsOf(places: Int32Array): Pair[] {
  return Array.from({ length: places.length / 2 }, (_, index) => [
    places[2 * index] ?? ABSENT,
    places[2 * index + 1] ?? ABSENT,
  ]);
}

async function casesAt(
  tenant: TenantStore,
  version: DatasetVersionRow,
  places: readonly number[],
): Promise<Map<number, Case>> {
  const wanted = places.filter((place) => place !== ABSENT);
  const found = new Map<number, Case>();
  for await (const cases of readCasesAt(tenant, version.id, wanted)) {
    for (const { position, body } of cases) found.set(position, body);
  }
  return found;
}

function diffOf(before: Case | undefined, after: Case | undefined): CaseDiff {
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const fields = kind === "changed" ? FIELDS.filter((field) => !isSame(before?.[field], after?.[field])) : [];
  const [was, is] = [before && shortenCase(before), after && shortenCase(after)];
  return {
    key: (after ?? before)?.key ?? "",
    kind,
    fields,
    before: was ?? null,
    after: is ?? null,
    isShortened: was !== before || is !== after,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

type Left = Map<string, { position: number; digest: string }>;

async function findDifferences(
  tenant: TenantStore,
  before: DatasetVersionRow,
  after: DatasetVersionRow,
): Promise<Differences> {
  const left: Left = new Map();
  for await (const texts of scanCases(tenant, before.id)) {
    for (const { key, position, json } of texts) left.set(key, { position, digest: hash("md5", json) });
  }
  const pairs: Pair[] = [];
  for await (const texts of scanCases(tenant, after.id)) {
    const suspects = texts.filter(({ key, json }) => left.get(key)?.digest !== hash("md5", json));
    const placeOf = ({ key }: CaseText) => left.get(key)?.position ?? ABSENT;
    const same = await findUnchanged(tenant, before, new Map(suspects.map((each) => [placeOf(each), each])));
    for (const suspect of suspects) {
      const place = placeOf(suspect);
      if (place === ABSENT || !same.has(place)) pairs.push([place, suspect.position]);
    }
    for (const { key } of texts) left.delete(key);
  }
  const added = pairs.filter(([place]) => place === ABSENT).length;
  const changed = pairs.length - added;
  for (const { position } of left.values()) pairs.push([position, ABSENT]);
  return { places: Int32Array.from(pairs.flat()), added, changed, removed: left.size };
}

/** Two texts of JSON may differ and mean the same. `suspects` by their place before. */
async function findUnchanged(
  tenant: TenantStore,
  before: DatasetVersionRow,
  suspects: ReadonlyMap<number, CaseText>,
): Promise<Set<number>> {
  const places = [...suspects.keys()].filter((place) => place !== ABSENT);
  const same = new Set<number>();
  for await (const cases of readCasesAt(tenant, before.id, places)) {
    for (const { position, body } of cases) {
      const now = suspects.get(position);
      if (now !== undefined && isSame(body, JSON.parse(now.json))) same.add(position);
    }
  }
  return same;
}
