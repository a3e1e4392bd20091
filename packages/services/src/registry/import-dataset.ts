import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type ImportedDataset, invariant, LIMITS, notFound } from "@assay/core";
import { parseCases } from "@assay/evaluator";
import { countCasesOf, findDatasetBySlug, listDatasetVersionRows, publishStagedVersion } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import { actorOf, type Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { nameDataset } from "./create-dataset.ts";
import { datasetVersionOf } from "./dataset-of.ts";
import { abandoned, StagedImport, sweepAbandonedImports } from "./staged-import.ts";

/** Characters read before others are served. */
const CHARACTERS_PER_TURN = 64 * 1024;

/**
 * Imports JSONL or CSV as the dataset's next version, all rows or none. What the newest version already holds makes
 * no new one; what an older one held does, because runs take the newest. Cases are stored while the text is read, out
 * of sight, and become the version by one small commit; others read and write meanwhile.
 * @throws AppError `not_found`, `dataset_invalid` with the rows that are wrong, `conflict` when the dataset or the
 * tenant holds as much as it may
 */
export async function importDataset(
  context: Context,
  input: VerbInput<"importDataset">,
): Promise<ImportedDataset> {
  const { tenant, platform } = context;
  // Before the body is read, so that a name that does not exist costs nothing.
  const known = await tenant.read((tx) => findDatasetBySlug(tx, input.dataset));
  if (known === undefined && input.create !== "true") throw notFound("dataset");
  await sweepAbandonedImports(tenant, platform.now());
  const staged = new StagedImport(tenant, () => platform.now());
  let isPublished = false;
  try {
    const contentSha256 = await stageCases(staged, input);
    const imported = await publish(context, input, { staged, contentSha256 });
    isPublished = imported.created;
    return imported;
  } finally {
    if (!isPublished) await staged.discard();
  }
}

/** Answers the hash of the content: that of the list of the cases' hashes, fed as its JSON would be. */
async function stageCases(staged: StagedImport, input: VerbInput<"importDataset">): Promise<string> {
  const hash = createHash("sha256");
  let before = "[";
  for await (const cases of parseCases(inTurns(input.text), input.format)) {
    for (const each of cases) {
      hash.update(`${before}"${contentHash(each)}"`);
      before = ",";
    }
    await nextTurn();
    await staged.add(cases);
  }
  return hash.update("]").digest("hex");
}

/** The version becomes visible by this commit, which writes a handful of rows. */
async function publish(
  context: Context,
  input: VerbInput<"importDataset">,
  { staged, contentSha256 }: { staged: StagedImport; contentSha256: string },
): Promise<ImportedDataset> {
  const { versionId, caseCount } = staged;
  return await context.tenant.write(async (tx) => {
    const found = await findDatasetBySlug(tx, input.dataset, true);
    if (found === undefined && input.create !== "true") throw notFound("dataset");
    const dataset = found ?? (await nameDataset(context, tx, { slug: input.dataset, description: "" }));
    const [newest] = await listDatasetVersionRows(tx, dataset.id, { limit: 1 });
    if (newest?.contentSha256 === contentSha256)
      return { created: false, version: datasetVersionOf(newest, input.dataset) };
    const version = (newest?.version ?? 0) + 1;
    refuseTooManyVersions(version);
    const createdAt = context.platform.now();
    const published = { datasetId: dataset.id, version, contentSha256, createdAt };
    const row = versionId && (await publishStagedVersion(tx, versionId, published));
    if (!row) throw abandoned();
    const storedCount = await countCasesOf(tx, row.id);
    invariant(storedCount === caseCount, `a version of ${caseCount} cases has ${storedCount}`);
    await tx.audit({
      actor: actorOf(context),
      action: "dataset_version.import",
      object: `${input.dataset}@${row.version}`,
      details: { contentHash: contentSha256, caseCount },
    });
    return { created: true, version: datasetVersionOf(row, input.dataset) };
  });
}

function refuseTooManyVersions(version: number): void {
  if (version <= LIMITS.versionsPerDatasetMax) return;
  const message = `A dataset may have ${LIMITS.versionsPerDatasetMax} versions at most; import into another dataset.`;
  throw new AppError("conflict", message, { max: LIMITS.versionsPerDatasetMax });
}

async function* inTurns(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; ) {
      const end = endOfPiece(chunk, start + CHARACTERS_PER_TURN);
      yield chunk.slice(start, end);
      start = end;
      await nextTurn();
    }
  }
}

/** Never between the halves of a surrogate pair, which alone would count as more bytes. */
function endOfPiece(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? "") ? end + 1 : end;
}
