import { setImmediate as nextTurn } from "node:timers/promises";
import { type ImportOutcome, notFound } from "@assay/core";
import { type ImportOptions, parseCases } from "@assay/evaluator";
import { type DatasetVersionRow, findDatasetBySlug, listDatasetVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { inTurns } from "./in-turns.ts";
import { pagesOfVersion } from "./pages-of-version.ts";
import { publishVersion } from "./publish-version.ts";

/**
 * Imports JSONL or CSV as the dataset's next version, all rows or none, unless wrong ones are to be left out. What the
 * newest version already holds makes no new one; what an older one held does, because runs take the newest. Cases are
 * stored while the text is read, out of sight, and become the version by one small commit; others read and write
 * meanwhile.
 * @throws AppError `not_found`, `dataset_invalid` with the rows that are wrong, `version_conflict` when another version
 * came in while rows were appended, `conflict` when the dataset or the tenant holds as much as it may
 */
export async function importDataset(
  context: Context,
  input: VerbInput<"importDataset">,
): Promise<ImportOutcome> {
  const isAppending = input.mode === "append";
  // Before the body is read, so that a name that does not exist costs nothing.
  const base = await newestOf(context, input);
  let skipped = 0;
  const published = await publishVersion(
    context,
    {
      dataset: input.dataset,
      mayCreate: input.create === "true",
      note: input.note ?? "",
      action: "dataset_version.import",
      ...(isAppending && { base: base?.version ?? null }),
      details: () => ({ ...(isAppending && { appended: true }), ...(skipped > 0 && { skipped }) }),
    },
    async (version) => {
      const takenKeys = new Set<string>();
      if (isAppending && base !== undefined) {
        for await (const cases of pagesOfVersion(context.tenant, base.id)) {
          for (const { key } of cases) takenKeys.add(key);
          await version.add(cases);
        }
      }
      const onWrong = () => {
        skipped += 1;
      };
      const options = { ...optionsOf(input), takenKeys, ...(input.skipWrong === "true" && { onWrong }) };
      for await (const cases of parseCases(inTurns(input.text), options)) {
        await nextTurn();
        await version.add(cases);
      }
    },
  );
  return { ...published, skipped };
}

/** How the file is read, as the request says. */
export function optionsOf({
  format,
  mapping,
}: Pick<VerbInput<"importDataset">, "format" | "mapping">): ImportOptions {
  if (mapping === undefined) return { format };
  const roles = new Map(Object.entries(mapping));
  return { format, roleOf: (column) => roles.get(column) ?? "-" };
}

async function newestOf(
  { tenant }: Context,
  { dataset, create }: VerbInput<"importDataset">,
): Promise<DatasetVersionRow | undefined> {
  return await tenant.read(async (tx) => {
    const known = await findDatasetBySlug(tx, dataset);
    if (known === undefined && create !== "true") throw notFound("dataset");
    if (known === undefined) return undefined;
    const [newest] = await listDatasetVersionRows(tx, known.id, { limit: 1 });
    return newest;
  });
}
