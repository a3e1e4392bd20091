import { allPages, type Client } from "@assay/client";
import { type DatasetVersion, LIMITS } from "@assay/core";

/** How many cases are looked through; of larger datasets only the numbers of cases are compared. */
const COMPARED_MAX = 20_000;
const NAMED_MAX = 5;

/**
 * Says which cases of the version before a newly imported one are not in it; undefined where none are missing. A file
 * replaces a dataset, so cases that came from elsewhere (traces, another file) are left out with each import.
 */
export async function droppedCases(client: Client, imported: DatasetVersion): Promise<string | undefined> {
  const { dataset, version, caseCount } = imported;
  if (version === 1) return undefined;
  const { items } = await client.listDatasetVersions({ dataset, limit: LIMITS.pageSizeMax });
  const before = items.find((item) => item.version === version - 1);
  if (before === undefined) return undefined;
  const counts = `${dataset}@${version}: ${before.caseCount} cases → ${caseCount}`;
  const advice = `Version ${before.version} still has what the file left out; to keep both: assay datasets pull ${dataset} --version ${before.version}, into the file.`;
  if (Math.max(caseCount, before.caseCount) > COMPARED_MAX) {
    return caseCount < before.caseCount ? `${counts}. ${advice}` : undefined;
  }
  const kept = new Set(await keysOf(client, imported));
  const dropped = (await keysOf(client, before)).filter((key) => !kept.has(key));
  if (dropped.length === 0) return undefined;
  const more = dropped.length > NAMED_MAX ? ` and ${dropped.length - NAMED_MAX} more` : "";
  return `${counts}; ${dropped.length} dropped: ${dropped.slice(0, NAMED_MAX).join(", ")}${more}. ${advice}`;
}

async function keysOf(client: Client, { dataset, version }: DatasetVersion): Promise<string[]> {
  const keys: string[] = [];
  const limit = LIMITS.pageSizeMax;
  for await (const { key } of allPages((cursor) => client.listCases({ dataset, version, cursor, limit }))) {
    keys.push(key);
  }
  return keys;
}
