import { AppError, Case, type ImportError, type Json, LIMITS } from "@assay/core";
import { byteLength } from "./byte-length.ts";
import { type Column, readColumns } from "./csv-columns.ts";
import { csvFields } from "./csv-fields.ts";
import { findUnstorable } from "./find-unstorable.ts";
import { parseJson } from "./parse-json.ts";
import { splitRecords, type TextRecord } from "./split-records.ts";

export type ImportFormat = "jsonl" | "csv";

const CSV_BATCH = 256;
/** Cases handed on together. */
const CASES_PER_BATCH = 200;

/**
 * Reads a file of cases: JSONL (one case per line) or CSV (the columns of `readColumns`). All or nothing: throws
 * `dataset_invalid` with `errors`, the first `LIMITS.importErrorsMax` of them, each with the line its record begins on;
 * `payload_too_large` past the size of a dataset. A record without a key is called `row-<n>`, counting records from 1.
 * Yields cases in batches as they are read, of which none may be used before the last: a later row may be wrong.
 */
export async function* parseCases(
  chunks: AsyncIterable<string>,
  format: ImportFormat,
): AsyncGenerator<Case[]> {
  const collected = new CaseCollector();
  const records = splitRecords({
    chunks: withinDatasetSize(chunks),
    quotes: format === "csv" ? "csv" : "none",
    recordCharsMax: LIMITS.caseBytesMax,
  });
  const reading = format === "csv" ? readCsv(records, collected) : readJsonl(records, collected);
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

/** Yields after each record. */
async function* readJsonl(
  records: AsyncIterable<TextRecord>,
  collected: CaseCollector,
): AsyncGenerator<void> {
  for await (const record of records) {
    if (collected.isFull) return;
    const problem = sizeProblem(record);
    const parsed = problem === undefined ? parseJson(record.text) : { ok: false as const, message: problem };
    if (parsed.ok) collected.add(record.line, parsed.value);
    else collected.refuse(record.line, problem ?? `is not JSON: ${parsed.message}`);
    yield;
  }
}

/** Yields after each batch of rows. */
async function* readCsv(records: AsyncIterable<TextRecord>, collected: CaseCollector): AsyncGenerator<void> {
  let columns: Column[] | undefined;
  let batch: TextRecord[] = [];
  for await (const record of records) {
    if (collected.isFull) return;
    if (columns === undefined) {
      const header = readHeader(record);
      if (typeof header === "string") {
        collected.refuse(record.line, header);
        return;
      }
      columns = header;
      continue;
    }
    batch.push(record);
    if (batch.length === CSV_BATCH) {
      addRows(batch, columns, collected);
      batch = [];
      yield;
    }
  }
  if (columns !== undefined) addRows(batch, columns, collected);
}

function readHeader(record: TextRecord): Column[] | string {
  const problem = sizeProblem(record);
  if (problem !== undefined) return problem;
  const [header] = csvFields([record.text]);
  if (header === undefined) return "the header is empty";
  return header.ok ? readColumns(header.fields) : header.message;
}

function addRows(batch: readonly TextRecord[], columns: readonly Column[], collected: CaseCollector): void {
  const problems = batch.map(sizeProblem);
  const rows = csvFields(batch.map(({ text }) => text));
  batch.forEach(({ line }, index) => {
    const row = rows[index];
    const problem = problems[index];
    if (problem !== undefined) collected.refuse(line, problem);
    else if (row === undefined || !row.ok) collected.refuse(line, row?.message ?? "cannot be read");
    else if (row.fields.length !== columns.length) {
      collected.refuse(line, `has ${row.fields.length} fields, the header has ${columns.length}`);
    } else collected.add(line, draftOf(row.fields, columns));
  });
}

function draftOf(fields: readonly string[], columns: readonly Column[]): Json {
  const draft: { [key: string]: Json } = {};
  columns.forEach((column, index) => {
    column(draft, fields[index] ?? "");
  });
  return draft;
}

function sizeProblem({ text }: TextRecord): string | undefined {
  if (byteLength(text) <= LIMITS.caseBytesMax) return undefined;
  return `is longer than ${LIMITS.caseBytesMax} bytes (is a quote left open?)`;
}

/** Checks cases one by one and keeps them until they are taken, and only while there is no error. */
class CaseCollector {
  readonly #errors: ImportError[] = [];
  readonly #lineByKey = new Map<string, number>();
  #cases: Case[] = [];
  #records = 0;

  /** No further error would be told, so there is no point in reading on. */
  get isFull(): boolean {
    return this.#errors.length >= LIMITS.importErrorsMax;
  }

  refuse(line: number, message: string): void {
    this.#records++;
    this.#cases = [];
    if (!this.isFull) this.#errors.push({ row: line, message });
  }

  add(line: number, value: Json): void {
    if (this.#records >= LIMITS.datasetCasesMax) {
      throw new AppError("payload_too_large", `A dataset may have ${LIMITS.datasetCasesMax} cases at most.`);
    }
    const read = readCase(value, `row-${this.#records + 1}`);
    const problem = typeof read === "string" ? read : this.#duplicateProblem(read);
    if (typeof read === "string" || problem !== undefined) {
      this.refuse(line, problem ?? "cannot be read");
      return;
    }
    this.#records++;
    this.#lineByKey.set(read.key, line);
    if (this.#errors.length === 0) this.#cases.push(read);
  }

  #duplicateProblem({ key }: Case): string | undefined {
    const earlier = this.#lineByKey.get(key);
    return earlier === undefined ? undefined : `the key "${key}" is that of row ${earlier} already`;
  }

  get hasBatch(): boolean {
    return this.#cases.length >= CASES_PER_BATCH;
  }

  take(): Case[] {
    const cases = this.#cases;
    this.#cases = [];
    return cases;
  }

  /** @throws AppError when anything was wrong. */
  finish(): void {
    if (this.#records === 0 && this.#errors.length === 0) this.refuse(1, "there are no cases");
    if (this.#errors.length === 0) return;
    const [first] = this.#errors;
    const count = this.isFull ? `${this.#errors.length} or more` : `${this.#errors.length}`;
    const message = `The import has ${count} errors; the first is in row ${first?.row}: ${first?.message}.`;
    throw new AppError("dataset_invalid", message, { errors: this.#errors });
  }
}

function readCase(value: Json, keyIfMissing: string): Case | string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return "is not a JSON object";
  const unstorable = findUnstorable(value);
  if (unstorable !== undefined) return unstorable;
  const read = Case.safeParse(Object.hasOwn(value, "key") ? value : { ...value, key: keyIfMissing });
  if (read.success) return read.data;
  return read.error.issues
    .slice(0, 5)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`))
    .join("; ");
}
