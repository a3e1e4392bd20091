import { setImmediate as nextTurn } from "node:timers/promises";
import { type Case, type ImportCheck, LIMITS, type WrongRow } from "@assay/core";
import { createRoleGuesser, parseCases, type WrongRecord } from "@assay/evaluator";
import { listDatasetVersionRows } from "@assay/store";
import type { Context } from "../context.ts";
import { optionsOf } from "../registry/import-dataset.ts";
import { inTurns } from "../registry/in-turns.ts";
import type { VerbInput } from "../verb.ts";
import { requireDataset } from "./find-version.ts";
import { scanCases } from "./scan-cases.ts";

const EXAMPLES_MAX = 5;
const SAMPLES_MAX = 3;
const SAMPLE_CHARS_MAX = 120;
const EXAMPLE_CHARS_MAX = 100_000;

type Input = VerbInput<"checkImport">;

/**
 * What an import of a file would come to: its columns and what becomes of them, how many rows are good, and the wrong
 * ones by line. Nothing is stored. Without a mapping the columns are guessed by their names.
 * @throws AppError `not_found`; `dataset_invalid` where the header cannot be read; `payload_too_large`
 */
export async function checkImport(context: Context, input: Input): Promise<ImportCheck> {
  const takenKeys = await keysOfNewest(context, input);
  const guess = createRoleGuesser();
  const roleOf = optionsOf(input).roleOf ?? guess;
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

/** All are counted; the first are kept, within a bound on their characters. */
class WrongRows {
  readonly rows: WrongRow[] = [];
  count = 0;
  #room: number = LIMITS.wrongRowCharsMax;

  add({ row, message, cells }: WrongRecord): void {
    this.count += 1;
    if (this.rows.length >= LIMITS.wrongRowsMax) return;
    const chars = cells.reduce((sum, cell) => sum + cell.length, 0);
    const isShortened = chars > this.#room;
    if (!isShortened) this.#room -= chars;
    this.rows.push({ row, message, cells: isShortened ? [] : [...cells], isShortened });
  }
}
