import { type ImportedDataset, LIMITS } from "@assay/core";
import { type DatasetVersionRow, findDatasetVersion, listDatasetVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { ChangePlan } from "./change-plan.ts";
import { requireDataset } from "./find-version.ts";
import { pagesOfVersion } from "./pages-of-version.ts";
import { publishVersion, requireBase } from "./publish-version.ts";

type Input = VerbInput<"changeDataset">;

/**
 * Publishes changes on the newest version as the next one: cases that stay keep their order, new ones follow. Asking
 * twice makes one version, because the second time the newest one holds just that.
 * @throws AppError `not_found`; `version_conflict` with `presentVersion` where that is not the base; `dataset_invalid`
 * with `errors` by case key; `payload_too_large`; `conflict` when the dataset or the tenant holds as much as it may
 */
export async function changeDataset(context: Context, input: Input): Promise<ImportedDataset> {
  const { dataset, base, note, changed, removed, added } = input;
  const from = await findBase(context, input);
  const plan = new ChangePlan({ changed, removed, added });
  const publication = {
    dataset,
    base,
    note,
    action: "dataset_version.change",
    details: () => ({ base, changed: changed.length, removed: removed.length, added: added.length }),
  };
  return await publishVersion(context, publication, async (version) => {
    if (from !== undefined) {
      for await (const cases of pagesOfVersion(context.tenant, from.id)) await version.add(plan.apply(cases));
    }
    const rest = plan.finish(version.caseCount);
    for (let start = 0; start < rest.length; start += LIMITS.pageSizeMax) {
      await version.add(rest.slice(start, start + LIMITS.pageSizeMax));
    }
  });
}

/** Refuses at once what cannot become good: a base that is not the newest, nor the one before it. */
async function findBase(
  { tenant }: Context,
  { dataset, base }: Input,
): Promise<DatasetVersionRow | undefined> {
  return await tenant.read(async (tx) => {
    const { id } = await requireDataset(tx, dataset);
    const [newest] = await listDatasetVersionRows(tx, id, { limit: 1 });
    const mayBeRepeated = newest?.version === (base ?? 0) + 1;
    if (!mayBeRepeated) requireBase(newest, base);
    return base === null ? undefined : await findDatasetVersion(tx, id, base);
  });
}
