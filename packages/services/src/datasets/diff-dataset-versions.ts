import { hash } from "node:crypto";
import { type Case, type CaseDiff, canonicalJson, type DatasetDiff } from "@assay/core";
import { type CaseText, type DatasetVersionRow, listCasesAt, type TenantStore } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireVersion } from "./find-version.ts";
import { scanCases } from "./scan-cases.ts";
import { versionMemory } from "./version-memory.ts";

const FIELDS = ["variables", "messages", "expected", "tags", "group"] as const;
/** Stands for the place of a case that is not there. */
const ABSENT = -1;

/** Places before and after, by turns: of the cases that were added or changed in the new order, then of those removed. */
interface Differences {
  places: Int32Array;
  added: number;
  changed: number;
  removed: number;
}

/** Cases that a version has added, changed and removed since another of the same dataset. */
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
  const old = await casesAt(
    tenant,
    before,
    pairs.map(([place]) => place),
  );
  const now = await casesAt(
    tenant,
    after,
    pairs.map(([, place]) => place),
  );
  return { ...counts, items: pairs.map(([was, is]) => diffOf(old.get(was), now.get(is))) };
}

function pairsOf(places: Int32Array): [before: number, after: number][] {
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
  if (wanted.length === 0) return new Map();
  const rows = await tenant.read((tx) => listCasesAt(tx, version.id, wanted));
  return new Map(rows.map(({ position, body }) => [position, body]));
}

function diffOf(before: Case | undefined, after: Case | undefined): CaseDiff {
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const fields = kind === "changed" ? FIELDS.filter((field) => !isSame(before?.[field], after?.[field])) : [];
  return {
    key: (after ?? before)?.key ?? "",
    kind,
    fields,
    before: before ?? null,
    after: after ?? null,
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
  const pairs: [before: number, after: number][] = [];
  for await (const texts of scanCases(tenant, after.id)) {
    const suspects = texts.filter(({ key, json }) => left.get(key)?.digest !== hash("md5", json));
    const placeOf = ({ key }: CaseText) => left.get(key)?.position ?? ABSENT;
    const old = await casesAt(tenant, before, suspects.map(placeOf));
    for (const suspect of suspects) {
      const place = placeOf(suspect);
      if (hasChanged(old.get(place), suspect)) pairs.push([place, suspect.position]);
    }
    for (const { key } of texts) left.delete(key);
  }
  const added = pairs.filter(([place]) => place === ABSENT).length;
  const changed = pairs.length - added;
  for (const { position } of left.values()) pairs.push([position, ABSENT]);
  return { places: Int32Array.from(pairs.flat()), added, changed, removed: left.size };
}

/** Two texts of JSON may differ and mean the same. */
function hasChanged(before: Case | undefined, { json }: CaseText): boolean {
  return !isSame(before, JSON.parse(json));
}
