import { type CaseRow, type CaseWindow, expectedText, inputText } from "@assay/core";
import type { CaseRow as StoredCase } from "@assay/store";
import type { Context } from "../context.ts";
import { detached } from "../detached.ts";
import type { VerbInput } from "../verb.ts";
import { findPositions } from "./find-positions.ts";
import { requireVersion } from "./find-version.ts";
import { readCasesAt } from "./read-cases-at.ts";

/** A part of a version's cases by place, with how many the filter finds in all. */
export async function listCaseWindow(
  { tenant }: Context,
  { dataset, version, offset, limit, ...wanted }: VerbInput<"listCaseWindow">,
): Promise<CaseWindow> {
  const row = await requireVersion(tenant, { dataset, version });
  const found = await findPositions(tenant, row, wanted);
  const count = found?.length ?? row.caseCount;
  const end = Math.max(offset, Math.min(offset + limit, count));
  const places =
    found === undefined
      ? Array.from({ length: end - offset }, (_, index) => offset + index)
      : [...found.subarray(offset, end)];
  const rowAt = new Map<number, CaseRow>();
  for await (const cases of readCasesAt(tenant, row.id, places)) {
    for (const each of cases) rowAt.set(each.position, caseRowOf(each));
  }
  return { items: places.flatMap((place) => rowAt.get(place) ?? []), offset, count };
}

function caseRowOf({ position, body }: StoredCase): CaseRow {
  return detached({
    position,
    key: body.key,
    input: inputText(body),
    expected: expectedText(body),
    tags: body.tags,
    group: body.group ?? null,
  });
}
