import { type CaseRow, type CaseWindow, expectedText, inputText } from "@assay/core";
import { listCaseRows, listCasesAt, type CaseRow as StoredCase } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { findPositions } from "./find-positions.ts";
import { requireVersion } from "./find-version.ts";

/** A part of a version's cases by place, with how many the filter finds in all. */
export async function listCaseWindow(
  { tenant }: Context,
  { dataset, version, offset, limit, ...wanted }: VerbInput<"listCaseWindow">,
): Promise<CaseWindow> {
  const row = await requireVersion(tenant, { dataset, version });
  const found = await findPositions(tenant, row, wanted);
  if (found === undefined) {
    const cases = await tenant.read((tx) => listCaseRows(tx, row.id, { after: offset - 1, limit }));
    return { items: cases.map(caseRowOf), offset, count: row.caseCount };
  }
  const places = [...found.subarray(offset, offset + limit)];
  const cases = places.length === 0 ? [] : await tenant.read((tx) => listCasesAt(tx, row.id, places));
  const byPosition = new Map(cases.map((each) => [each.position, each]));
  const items = places.flatMap((place) => byPosition.get(place) ?? []).map(caseRowOf);
  return { items, offset, count: found.length };
}

function caseRowOf({ position, body }: StoredCase): CaseRow {
  return {
    position,
    key: body.key,
    input: inputText(body),
    expected: expectedText(body),
    tags: body.tags,
    group: body.group ?? null,
  };
}
