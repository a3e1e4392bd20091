import { setImmediate as nextTurn } from "node:timers/promises";
import { type Case, type ImportCheck, type Json, LIMITS, type WrongRow } from "@assay/core";
import { createRoleGuesser, type KnownNames, parseCases, type WrongRecord } from "@assay/evaluator";
import { listCaseRows, listDatasetVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireDataset } from "./find-version.ts";
import { optionsOf } from "./import-dataset.ts";
import { inTurns } from "./in-turns.ts";
import { scanCases } from "./scan-cases.ts";

/** So many cases show what the others are like. */
const CASES_KNOWN_BY = 20;
const EXAMPLES_MAX = 5;
const SAMPLES_MAX = 3;
const SAMPLE_CHARS_MAX = 120;
const EXAMPLE_CHARS_MAX = 100_000;

type Input = VerbInput<"checkImport">;

/**
 * What an import of a file would come to: its columns and what becomes of them, how many rows are good, and the wrong
 * ones by line. Nothing is stored. Without a mapping the columns are guessed by their names and those of the
 * cases that are there.
 * @throws AppError `not_found`; `dataset_invalid` where the header cannot be read; `payload_too_large`
 */
export async function checkImport(context: Context, input: Input): Promise<ImportCheck> {
  const takenKeys = await keysOfNewest(context, input);
  const roleOf = optionsOf(input).roleOf ?? createRoleGuesser(await namesOfNewest(context, input));
  const columns = new ColumnSamples();
  const wrong = new WrongRows();
  let rows = 0;
  let cases = 0;
  const examples: Case[] = [];
  const reading = parseCases(inTurns(input.text), {
    format: input.format,
    roleOf,
    takenKeys,
    isCut: input.isCut === "true",
    mayBeEmpty: true,
    onWrong: (record) => wrong.add(record),
    onRecord: (names, texts) => columns.add(names, texts),
  });
  for await (const batch of reading) {
    cases += batch.length;
    for (const each of batch) if (fits(examples, each)) examples.push(each);
    await nextTurn();
  }
  rows = cases + wrong.count;
  return {
    columns: columns.list().map((column) => ({ ...column, role: roleOf(column.name) })),
    rows,
    cases,
    examples,
    wrongRows: wrong.count,
    wrong: wrong.rows,
  };
}

function fits(examples: readonly Case[], each: Case): boolean {
  return examples.length < EXAMPLES_MAX && JSON.stringify(each).length <= EXAMPLE_CHARS_MAX;
}

/** What the first cases of the newest version call their variables and the fields of what they expect. */
async function namesOfNewest({ tenant }: Context, { dataset }: Input): Promise<KnownNames> {
  const cases = await tenant.read(async (tx) => {
    const { id } = await requireDataset(tx, dataset);
    const [newest] = await listDatasetVersionRows(tx, id, { limit: 1 });
    return newest === undefined ? [] : await listCaseRows(tx, newest.id, { limit: CASES_KNOWN_BY });
  });
  const namesIn = (value: Json | undefined) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const distinct = (names: string[]) => [...new Set(names)].slice(0, LIMITS.importColumnsMax);
  return {
    variables: distinct(cases.flatMap(({ body }) => namesIn(body.variables))),
    expected: distinct(cases.flatMap(({ body }) => namesIn(body.expected))),
  };
}

/** Where rows are put after the cases that are there, these have their keys. */
async function keysOfNewest({ tenant }: Context, { dataset, mode }: Input): Promise<Set<string>> {
  const newest = await tenant.read(async (tx) => {
    const { id } = await requireDataset(tx, dataset);
    return (await listDatasetVersionRows(tx, id, { limit: 1 }))[0];
  });
  const keys = new Set<string>();
  if (mode !== "append" || newest === undefined) return keys;
  for await (const texts of scanCases(tenant, newest.id)) for (const { key } of texts) keys.add(key);
  return keys;
}

/** The columns as they are first seen, and a few of their cells. */
class ColumnSamples {
  readonly #samples = new Map<string, string[]>();
  #records = 0;

  add(names: readonly string[], texts: () => readonly string[]): void {
    // Later records of JSONL may have other members; beyond these they are not shown.
    if (this.#records >= LIMITS.pageSizeMax) return;
    this.#records += 1;
    const cells = texts();
    names.forEach((name, index) => {
      if (!this.#samples.has(name) && this.#samples.size >= LIMITS.importColumnsMax) return;
      const samples = this.#samples.get(name) ?? [];
      const cell = (cells[index] ?? "").slice(0, SAMPLE_CHARS_MAX);
      if (samples.length < SAMPLES_MAX && cell !== "") samples.push(cell);
      this.#samples.set(name, samples);
    });
  }

  list(): { name: string; samples: string[] }[] {
    return [...this.#samples].map(([name, samples]) => ({ name, samples }));
  }
}

/** All are counted; the first are kept, within a bound on their characters and the commas between their cells. */
class WrongRows {
  readonly rows: WrongRow[] = [];
  count = 0;
  #room: number = LIMITS.wrongRowCharsMax;

  add({ row, message, cells }: WrongRecord): void {
    this.count += 1;
    if (this.rows.length >= LIMITS.wrongRowsMax) return;
    const chars = cells.reduce((sum, cell) => sum + cell.length + 1, 0);
    const isShortened = chars > this.#room;
    if (!isShortened) this.#room -= chars;
    this.rows.push({ row, message, cells: isShortened ? [] : [...cells], isShortened });
  }
}
