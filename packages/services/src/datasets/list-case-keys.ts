import { AppError, type CaseKeys, LIMITS } from "@assay/core";
import { listCasesAt } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPositions } from "./find-positions.ts";
import { requireVersion } from "./find-version.ts";
import { scanCases } from "./scan-cases.ts";

const CASES_PER_READ = 500;

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
  const keys: string[] = [];
  if (found === undefined) {
    for await (const texts of scanCases(tenant, row.id)) keys.push(...texts.map(({ key }) => key));
    return { keys };
  }
  for (let start = 0; start < found.length; start += CASES_PER_READ) {
    const places = [...found.subarray(start, start + CASES_PER_READ)];
    const cases = await tenant.read((tx) => listCasesAt(tx, row.id, places));
    keys.push(...cases.map(({ key }) => key));
  }
  return { keys };
}

function refuseTooMany(count: number): void {
  const max = LIMITS.caseChangesMax;
  if (count <= max) return;
  const message = `The filter finds ${count} cases, and ${max} can be changed at once; narrow it.`;
  throw new AppError("invalid_input", message, { max, count });
}
