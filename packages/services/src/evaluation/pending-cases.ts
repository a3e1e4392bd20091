import type { Case } from "@assay/core";
import {
  groupCasePlaces,
  listCaseRows,
  listCasesAt,
  listStoredRepeats,
  listStoredRepeatsAt,
  type TenantStore,
  type TenantTx,
} from "@assay/store";

/** Few enough that reading them, which holds the process, takes some milliseconds; many enough for one statement. */
const CASES_PER_PAGE = 100;

/** One repeat of one case that has no result yet. */
export interface PendingCase {
  position: number;
  repeat: number;
  testCase: Case;
}

interface PendingRun {
  runId: string;
  datasetVersionId: string;
  repeats: number;
  /** Results that were stored before; without any, none is asked for. */
  done: number;
  /** The places of its cases, in the order in which they are to be done; null for all of them in their own order. */
  positions: readonly number[] | null;
}

interface CasePage {
  cases: { position: number; body: Case }[];
  stored: Set<string>;
}

/** What a run still has to do, in order; a page of cases in memory at a time. */
export async function* pendingCases(tenant: TenantStore, run: PendingRun): AsyncGenerator<PendingCase> {
  const pages = run.positions === null ? pagesInOrder(tenant, run) : pagesAt(tenant, run, run.positions);
  for await (const { cases, stored } of pages) {
    for (const { position, body } of cases) {
      for (let repeat = 0; repeat < run.repeats; repeat++) {
        if (!stored.has(`${position}:${repeat}`)) yield { position, repeat, testCase: body };
      }
    }
  }
}

async function* pagesInOrder(tenant: TenantStore, run: PendingRun): AsyncGenerator<CasePage> {
  let after: number | undefined;
  for (;;) {
    const page = await readPage(tenant, run, after);
    const last = page.cases.at(-1);
    if (last === undefined) return;
    after = last.position;
    yield page;
  }
}

async function readPage(tenant: TenantStore, run: PendingRun, after: number | undefined): Promise<CasePage> {
  return await tenant.read(async (tx) => {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const cases = await listCaseRows(tx, run.datasetVersionId, page);
    const [first, last] = [cases[0], cases.at(-1)];
    if (run.done === 0 || first === undefined || last === undefined)
      return { cases, stored: new Set<string>() };
    const range = { runId: run.runId, fromPosition: first.position, toPosition: last.position + 1 };
    return { cases, stored: placesOf(await listStoredRepeats(tx, range)) };
  });
}

async function* pagesAt(
  tenant: TenantStore,
  run: PendingRun,
  positions: readonly number[],
): AsyncGenerator<CasePage> {
  for (let start = 0; start < positions.length; start += CASES_PER_PAGE) {
    const some = positions.slice(start, start + CASES_PER_PAGE);
    const groups = await tenant.read((tx) => groupCasePlaces(tx, run.datasetVersionId, some));
    for (const group of groups) yield await tenant.read((tx) => readPageAt(tx, run, group));
  }
}

async function readPageAt(tx: TenantTx, run: PendingRun, places: readonly number[]): Promise<CasePage> {
  const rows = await listCasesAt(tx, run.datasetVersionId, places);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const cases = places.flatMap((position) => byPosition.get(position) ?? []);
  const stored = run.done === 0 ? [] : await listStoredRepeatsAt(tx, run.runId, places);
  return { cases, stored: placesOf(stored) };
}

function placesOf(rows: readonly { position: number; repeat: number }[]): Set<string> {
  return new Set(rows.map(({ position, repeat }) => `${position}:${repeat}`));
}
