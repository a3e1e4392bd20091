import { AppError, Case, type ImportError, type Json, LIMITS } from "@assay/core";
import { findUnstorable } from "./find-unstorable.ts";

/** Cases handed on together. */
const CASES_PER_BATCH = 200;

/** A record of a file that is no case, and what it consists of. */
export interface WrongRecord extends ImportError {
  cells: readonly string[];
}

export interface CollectorOptions {
  /** Keys that the dataset has already, where rows are put after its cases. */
  takenKeys?: ReadonlySet<string> | undefined;
  /** Wrong records are told here and left out, instead of all being refused with them. */
  onWrong?: ((record: WrongRecord) => void) | undefined;
  /** No cases at all is an answer as well, where a file is only looked at. */
  mayBeEmpty?: boolean | undefined;
}

/** Checks cases one by one and keeps them until they are taken, and only while none is wrong that is not left out. */
export class CaseCollector {
  readonly #options: CollectorOptions;
  readonly #errors: ImportError[] = [];
  readonly #lineByKey = new Map<string, number>();
  #cases: Case[] = [];
  #records = 0;
  #good = 0;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** No further error would be told, so there is no point in reading on. */
  get isFull(): boolean {
    return this.#errors.length >= LIMITS.importErrorsMax;
  }

  refuse(line: number, reason: string, cells: readonly string[]): void {
    this.#records++;
    const message = shortened(reason);
    if (this.#options.onWrong !== undefined) {
      this.#options.onWrong({ row: line, message, cells });
      return;
    }
    this.#cases = [];
    if (!this.isFull) this.#errors.push({ row: line, message });
  }

  /** `cells` gives the record back as it was, should it be wrong. */
  add(line: number, value: Json, cells: () => readonly string[]): void {
    if (this.#records + (this.#options.takenKeys?.size ?? 0) >= LIMITS.datasetCasesMax) {
      throw new AppError("payload_too_large", `A dataset may have ${LIMITS.datasetCasesMax} cases at most.`);
    }
    const read = readCase(value, this.#freeName());
    const problem = typeof read === "string" ? read : this.#duplicateProblem(read);
    if (typeof read === "string" || problem !== undefined) {
      this.refuse(line, problem ?? "cannot be read", cells());
      return;
    }
    this.#records++;
    this.#good++;
    // A copy: as a part of its record it would hold the file in memory, piece by piece.
    this.#lineByKey.set(JSON.parse(JSON.stringify(read.key)) as string, line);
    if (this.#errors.length === 0) this.#cases.push(read);
  }

  /** For a record without a key. */
  #freeName(): string {
    return `row-${this.#records + 1 + (this.#options.takenKeys?.size ?? 0)}`;
  }

  #duplicateProblem({ key }: Case): string | undefined {
    if (this.#options.takenKeys?.has(key)) return `the key "${key}" is that of a case of the dataset already`;
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

  /** @throws AppError when anything was wrong that is not left out, or nothing is left. */
  finish(): void {
    const isEmpty = this.#good === 0 && this.#options.mayBeEmpty !== true;
    if (isEmpty && this.#errors.length === 0) this.#errors.push({ row: 1, message: this.#whyEmpty() });
    if (this.#errors.length === 0) return;
    const [first] = this.#errors;
    const count = this.isFull ? `${this.#errors.length} or more` : `${this.#errors.length}`;
    const message = `The import has ${count} errors; the first is in row ${first?.row}: ${first?.message}.`;
    throw new AppError("dataset_invalid", message, { errors: this.#errors });
  }

  #whyEmpty(): string {
    return this.#records === 0 ? "there are no cases" : "every row is wrong";
  }
}

/** Many rows may each name a member of a quarter of a megabyte. */
function shortened(message: string): string {
  if (message.length <= LIMITS.importErrorCharsMax) return message;
  return `${message.slice(0, LIMITS.importErrorCharsMax).toWellFormed()}…`;
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
