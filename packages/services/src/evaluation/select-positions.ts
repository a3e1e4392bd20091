import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type RunSelection } from "@assay/core";
import {
  assertOutsideWrite,
  type CaseFacts,
  listCaseFacts,
  listFailingKeys,
  type TenantTx,
} from "@assay/store";

const CASES_PER_PAGE = 250;

/**
 * The places of the selected cases, in the dataset's order. The same selection of the same version is the same cases,
 * however often it is asked: `failingIn` must name a run that has ended.
 * @throws AppError `invalid_input` for keys that the dataset does not have.
 */
export async function selectPositions(
  tx: TenantTx,
  { datasetVersionId, selection }: { datasetVersionId: string; selection: RunSelection },
): Promise<number[]> {
  assertOutsideWrite();
  const { failingIn, sample, shard } = selection;
  const failing = failingIn === undefined ? undefined : await listFailingKeys(tx, failingIn);
  const missing = new Set(selection.keys);
  const wantedKeys = selection.keys && new Set(selection.keys);
  const wantedTags = selection.tags && new Set(selection.tags);
  let chosen: { position: number; key: string }[] = [];
  for await (const { position, key, tags } of caseFacts(tx, datasetVersionId)) {
    missing.delete(key);
    if (wantedKeys?.has(key) === false || failing?.has(key) === false) continue;
    if (wantedTags !== undefined && !tags.some((tag) => wantedTags.has(tag))) continue;
    chosen.push({ position, key });
  }
  const [unknown] = missing;
  if (unknown !== undefined) {
    throw new AppError("invalid_input", `The dataset has no case "${unknown}".`, { param: "selection.keys" });
  }
  if (sample !== undefined) chosen = sampleOf(chosen, sample);
  const positions = chosen.map(({ position }) => position);
  return shard === undefined
    ? positions
    : positions.filter((_, index) => index % shard.count === shard.index - 1);
}

async function* caseFacts(tx: TenantTx, datasetVersionId: string): AsyncGenerator<CaseFacts> {
  let after = -1;
  for (;;) {
    const page = await listCaseFacts(tx, datasetVersionId, { after, limit: CASES_PER_PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.position;
    await nextTurn();
  }
}

/** Those whose keys hash lowest: the same in every version of the dataset that has them, save for what was added. */
function sampleOf(
  cases: readonly { position: number; key: string }[],
  { cases: count, seed }: NonNullable<RunSelection["sample"]>,
): { position: number; key: string }[] {
  return cases
    .map((one) => ({ one, rank: createHash("sha256").update(`${seed}:${one.key}`).digest("hex") }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ one }) => one)
    .sort((a, b) => a.position - b.position);
}
