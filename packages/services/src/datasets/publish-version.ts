import { AppError, type ImportedDataset, invariant, LIMITS, notFound } from "@assay/core";
import {
  countCasesOf,
  type DatasetVersionRow,
  findDatasetBySlug,
  listDatasetVersionRows,
  publishStagedVersion,
  type TenantTx,
} from "@assay/store";
import { actorOf, type Context } from "../context.ts";
import { nameDataset } from "./create-dataset.ts";
import { datasetVersionOf } from "./dataset-of.ts";
import { abandoned, StagedImport, sweepAbandonedImports } from "./staged-import.ts";
import { StagedVersion } from "./staged-version.ts";

export interface Publication {
  dataset: string;
  /** Name the dataset as well when it is not there yet. */
  mayCreate?: boolean;
  /** The newest version there may be, null for none: what is published was made on it. Any where left out. */
  base?: number | null;
  note: string;
  /** How the audit calls it. */
  action: string;
  /** Read once all is staged. */
  details?: () => Record<string, unknown>;
}

/**
 * Makes the next version of a dataset: `stage` adds its cases, out of sight and in small transactions, and one small
 * commit gives them to the dataset. What the newest version already holds makes no new one.
 * @throws AppError `not_found`, `version_conflict` with the newest version where it is not the base, `conflict` when
 * the dataset or the tenant holds as much as it may
 */
export async function publishVersion(
  context: Context,
  publication: Publication,
  stage: (version: StagedVersion) => Promise<void>,
): Promise<ImportedDataset> {
  const { tenant, platform } = context;
  await sweepAbandonedImports(tenant, platform.now());
  const staged = new StagedImport(tenant, () => platform.now());
  const version = new StagedVersion(staged);
  let isPublished = false;
  try {
    await stage(version);
    const content = { staged, contentSha256: version.contentSha256() };
    const published = await publish(context, publication, content);
    isPublished = published.created;
    return published;
  } finally {
    if (!isPublished) await staged.discard();
  }
}

/** The version becomes visible by this commit, which writes a handful of rows. */
async function publish(
  context: Context,
  publication: Publication,
  { staged, contentSha256 }: { staged: StagedImport; contentSha256: string },
): Promise<ImportedDataset> {
  const { versionId, caseCount } = staged;
  const { dataset: slug, base } = publication;
  return await context.tenant.write(async (tx) => {
    const dataset = await lockDataset(context, tx, publication);
    const [newest] = await listDatasetVersionRows(tx, dataset.id, { limit: 1 });
    if (newest?.contentSha256 === contentSha256)
      return { created: false, version: datasetVersionOf(newest, slug) };
    if (base !== undefined) requireBase(newest, base);
    const version = (newest?.version ?? 0) + 1;
    refuseTooManyVersions(version);
    const row =
      versionId &&
      (await publishStagedVersion(tx, versionId, {
        datasetId: dataset.id,
        version,
        contentSha256,
        note: publication.note === "" ? null : publication.note,
        createdBy: actorOf(context),
        createdAt: context.platform.now(),
      }));
    if (!row) throw abandoned();
    const storedCount = await countCasesOf(tx, row.id);
    invariant(storedCount === caseCount, `a version of ${caseCount} cases has ${storedCount}`);
    await tx.audit({
      actor: actorOf(context),
      action: publication.action,
      object: `${slug}@${row.version}`,
      details: { contentHash: contentSha256, caseCount, ...publication.details?.() },
    });
    return { created: true, version: datasetVersionOf(row, slug) };
  });
}

async function lockDataset(context: Context, tx: TenantTx, { dataset, mayCreate }: Publication) {
  const found = await findDatasetBySlug(tx, dataset, true);
  if (found !== undefined) return found;
  if (mayCreate !== true) throw notFound("dataset");
  return await nameDataset(context, tx, { slug: dataset, description: "" });
}

/** @throws AppError `version_conflict` */
export function requireBase(newest: DatasetVersionRow | undefined, base: number | null): void {
  const present = newest?.version ?? null;
  if (present === base) return;
  const message = `The dataset's newest version is ${present ?? "none"} by now, and this was made on ${base ?? "none"}. Look at what changed in between, and publish on the newest one.`;
  throw new AppError("version_conflict", message, { presentVersion: present });
}

function refuseTooManyVersions(version: number): void {
  if (version <= LIMITS.versionsPerDatasetMax) return;
  const message = `A dataset may have ${LIMITS.versionsPerDatasetMax} versions at most; import into another dataset.`;
  throw new AppError("conflict", message, { max: LIMITS.versionsPerDatasetMax });
}
