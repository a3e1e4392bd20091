import {
  AppError,
  type Case,
  type ColumnRole,
  csvCells,
  type Json,
  LIMITS,
  RecordSplitter,
  type TextRecord,
} from "@assay/core";
import { byteLength } from "./byte-length.ts";
import { CaseCollector, type CollectorOptions } from "./case-collector.ts";
import { type Column, readColumns, roleMembers } from "./import-columns.ts";
import { parseJson } from "./parse-json.ts";

/** Says what becomes of a column; undefined takes it by its own name. */
export type RoleOf = (column: string) => ColumnRole;

export interface ImportOptions extends CollectorOptions {
  format: "jsonl" | "csv";
  roleOf?: RoleOf | undefined;
  /** Told each record's columns and texts, whatever becomes of it. */
  onRecord?: ((columns: readonly string[], texts: () => readonly string[]) => void) | undefined;
  /** The text is the beginning of a file: its last record is not whole. */
  isCut?: boolean | undefined;
}

/**
 * Reads a file of cases: JSONL (one case per line) or CSV (the columns of `readColumns`), or either with columns of
 * other names and `roleOf` for them. All or nothing, unless `onWrong` takes what is wrong: throws `dataset_invalid`
 * with `errors`, the first `LIMITS.importErrorsMax` of them, each with the line its record begins on;
 * `payload_too_large` past the size of a dataset. A record without a key is called `row-<n>`, counting records from 1.
 * Yields cases in batches as they are read, of which none may be used before the last: a later row may be wrong.
 */
export async function* parseCases(
  chunks: AsyncIterable<string>,
  options: ImportOptions,
): AsyncGenerator<Case[]> {
  const { format, isCut = false } = options;
  const collected = new CaseCollector(options);
  const records = recordsOf(withinDatasetSize(chunks), format === "csv");
  const whole = isCut ? withoutLast(records) : records;
  const reading =
    format === "csv" ? readCsv(whole, collected, options) : readJsonl(whole, collected, options);
  for await (const _ of reading) if (collected.hasBatch) yield collected.take();
  collected.finish();
  const rest = collected.take();
  if (rest.length > 0) yield rest;
}

async function* withinDatasetSize(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += byteLength(chunk);
    if (bytes > LIMITS.datasetBytesMax) {
      throw new AppError("payload_too_large", `A dataset may be ${LIMITS.datasetBytesMax} bytes at most.`);
    }
    yield chunk;
  }
}

/** Bounded before it is measured in bytes, so that one open quote cannot swallow the file. */
async function* recordsOf(chunks: AsyncIterable<string>, isCsv: boolean): AsyncGenerator<TextRecord> {
  const splitter = new RecordSplitter({ isCsv, recordCharsMax: LIMITS.caseBytesMax });
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}

async function* withoutLast(records: AsyncIterable<TextRecord>): AsyncGenerator<TextRecord> {
  let held: TextRecord | undefined;
  for await (const record of records) {
    if (held !== undefined) yield held;
    held = record;
  }
}

/** Yields after each record. */
async function* readJsonl(
  records: AsyncIterable<TextRecord>,
  collected: CaseCollector,
  options: ImportOptions,
): AsyncGenerator<void> {
  for await (const record of records) {
    if (collected.isFull) return;
    const cells = () => [record.text];
    const problem = sizeProblem(record);
    const parsed = problem === undefined ? parseJson(record.text) : { ok: false as const, message: problem };
    if (!parsed.ok) collected.refuse(record.line, problem ?? `is not JSON: ${parsed.message}`, cells());
    else {
      const read = readObject(parsed.value, options);
      if (typeof read === "string") collected.refuse(record.line, read, cells());
      else collected.add(record.line, read.value, cells);
    }
    yield;
  }
}

/** The case that an object becomes, or why it cannot. */
function readObject(value: Json, { roleOf, onRecord }: ImportOptions): { value: Json } | string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return "is not a JSON object";
  onRecord?.(Object.keys(value), () => Object.values(value).map(textOf));
  return roleOf === undefined ? { value } : roleMembers(value, roleOf);
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Yields after each row: gathered, long rows would be read for seconds in one piece. */
async function* readCsv(
  records: AsyncIterable<TextRecord>,
  collected: CaseCollector,
  options: ImportOptions,
): AsyncGenerator<void> {
  let header: Header | undefined;
  for await (const record of records) {
    if (collected.isFull) return;
    if (header === undefined) {
      const read = readHeader(record, options);
      if (typeof read === "string") throw headerRefusal(record.line, read);
      header = read;
      continue;
    }
    addRow(record, header, { collected, options });
    yield;
  }
}

/** Nothing can be read below a header that cannot be. */
function headerRefusal(row: number, message: string): AppError {
  const text = `The import has 1 errors; the first is in row ${row}: ${message}.`;
  return new AppError("dataset_invalid", text, { errors: [{ row, message }] });
}

interface Header {
  names: readonly string[];
  columns: readonly Column[];
}

function readHeader(record: TextRecord, { roleOf }: ImportOptions): Header | string {
  const problem = sizeProblem(record);
  if (problem !== undefined) return problem;
  const header = csvCells(record.text);
  if (!header.ok) return header.message;
  const names = header.cells.map((name) => name.trim());
  const columns = readColumns(names, roleOf);
  return typeof columns === "string" ? columns : { names, columns };
}

function addRow(
  record: TextRecord,
  { names, columns }: Header,
  { collected, options }: { collected: CaseCollector; options: ImportOptions },
): void {
  const { line, text } = record;
  const problem = sizeProblem(record);
  const row = problem === undefined ? csvCells(text) : { ok: false as const, message: problem };
  if (!row.ok) {
    collected.refuse(line, row.message, [text]);
    return;
  }
  const { cells } = row;
  options.onRecord?.(names, () => cells);
  if (cells.length === columns.length) collected.add(line, draftOf(cells, columns), () => cells);
  else collected.refuse(line, `has ${cells.length} cells, the header has ${columns.length}`, cells);
}

function draftOf(cells: readonly string[], columns: readonly Column[]): Json {
  const draft: { [key: string]: Json } = {};
  columns.forEach((column, index) => {
    column(draft, cells[index] ?? "");
  });
  return draft;
}

function sizeProblem({ text }: TextRecord): string | undefined {
  if (byteLength(text) <= LIMITS.caseBytesMax) return undefined;
  return `is longer than ${LIMITS.caseBytesMax} bytes (is a quote left open?)`;
}
