import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError, type CaseKeys, LIMITS } from "@assay/core";
import { listCasePlaces } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPositions } from "./find-positions.ts";
import { requireVersion } from "./find-version.ts";

const PLACES_PER_READ = 1_000;

/**
 * Keys of all cases that a filter finds, in the dataset's order.
 * @throws AppError `invalid_input` where there are more than can be changed at once
 */
export async function listCaseKeys(
  { tenant }: Context,
  { dataset, version, ...filter }: VerbInput<"listCaseKeys">,
): Promise<CaseKeys> {
  const row = await requireVersion(tenant, { dataset, version });
  const found = await findPositions(tenant, row, { ...filter, order: "dataset" });
  refuseTooMany(found?.length ?? row.caseCount);
  const wanted = found && new Set(found);
  const keys: string[] = [];
  for (let after = -1; ; await nextTurn()) {
    const page = { after, limit: PLACES_PER_READ };
    const places = await tenant.read((tx) => listCasePlaces(tx, row.id, page));
    for (const { position, key } of places) if (wanted?.has(position) ?? true) keys.push(key);
    const last = places.at(-1);
    if (last === undefined) return { keys };
    after = last.position;
  }
}

function refuseTooMany(count: number): void {
  const max = LIMITS.caseChangesMax;
  if (count <= max) return;
  const message = `The filter finds ${count} cases, and ${max} can be changed at once; narrow it.`;
  throw new AppError("invalid_input", message, { max, count });
}
