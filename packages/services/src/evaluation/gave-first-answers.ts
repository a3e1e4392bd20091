import { listRunRows, type RunRow, type TenantTx } from "@assay/store";

const RUNS_PER_PAGE = 100;

/**
 * Are these the outputs that the version gave first on these cases? Later ones are as true, but who scores them again
 * may have looked at several and taken the luckiest.
 */
export async function gaveFirstAnswers(tx: TenantTx, source: RunRow): Promise<boolean> {
  let after: string | undefined;
  for (;;) {
    const rows = await listRunRows(tx, {
      promptVersionId: source.promptVersionId,
      statuses: ["completed"],
      ...(after !== undefined && { after }),
      limit: RUNS_PER_PAGE,
    });
    if (rows.some((row) => row.id < source.id && hasSameOutputs(row, source))) return false;
    const last = rows.at(-1);
    if (last === undefined || rows.length < RUNS_PER_PAGE) return true;
    after = last.id;
  }
}

function hasSameOutputs({ hashes: one }: RunRow, { hashes: other }: RunRow): boolean {
  return (
    one.promptVersion === other.promptVersion &&
    one.model === other.model &&
    one.adapter === other.adapter &&
    one.engineBuild === other.engineBuild &&
    one.dataset === other.dataset
  );
}
