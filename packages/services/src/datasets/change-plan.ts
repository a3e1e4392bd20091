import {
  AppError,
  applyCaseEdit,
  Case,
  type CaseEdit,
  type DatasetChanges,
  type Json,
  LIMITS,
} from "@assay/core";
import { findUnstorable } from "@assay/evaluator";

interface KeyError {
  key: string;
  message: string;
}

/** Changes as they are carried out while the cases of the base pass by. */
export class ChangePlan {
  readonly #edits = new Map<string, CaseEdit>();
  readonly #removed: Set<string>;
  readonly #added = new Map<string, Case>();
  readonly #errors: KeyError[] = [];

  constructor({ changed, removed, added }: Pick<DatasetChanges, "changed" | "removed" | "added">) {
    this.#removed = new Set(removed);
    for (const edit of changed) this.#plan(this.#edits, edit, "is changed twice");
    for (const each of added) this.#plan(this.#added, each, "is added twice");
    for (const key of this.#edits.keys())
      if (this.#removed.has(key)) this.#refuse(key, "is changed and removed");
  }

  #plan<T extends { key: string }>(into: Map<string, T>, each: T, complaint: string): void {
    if (into.has(each.key)) this.#refuse(each.key, complaint);
    else into.set(each.key, each);
  }

  /** The same cases after the changes, without those that are removed. */
  apply(cases: readonly Case[]): Case[] {
    const after: Case[] = [];
    for (const before of cases) {
      const { key } = before;
      const edit = this.#edits.get(key);
      const isRemoved = this.#removed.delete(key);
      if (this.#added.has(key) && !isRemoved)
        this.#refuse(key, "is added, and a case of this key is there already");
      this.#edits.delete(key);
      if (isRemoved) continue;
      const changed = edit === undefined ? before : this.#checked(applyCaseEdit(before, edit));
      if (changed !== undefined) after.push(changed);
    }
    return after;
  }

  /**
   * Once all cases have passed by: those that follow them.
   * @throws AppError `dataset_invalid` where anything was wrong, or no case would be left
   */
  finish(stayed: number): Case[] {
    for (const key of this.#edits.keys()) this.#refuse(key, "is changed, and there is no such case");
    for (const key of this.#removed) this.#refuse(key, "is removed, and there is no such case");
    const added = [...this.#added.values()].flatMap((each) => this.#checked(each) ?? []);
    if (this.#errors.length === 0 && stayed + added.length === 0) {
      throw new AppError("dataset_invalid", "No case would be left; a version has one at least.", {
        errors: [],
      });
    }
    const [first] = this.#errors;
    if (first === undefined) return added;
    const message = `Some changes cannot be made; the first: the case "${first.key}" ${first.message}.`;
    throw new AppError("dataset_invalid", message, { errors: this.#errors });
  }

  #checked(value: Case): Case | undefined {
    const unstorable = findUnstorable(value as unknown as Json);
    const read = Case.safeParse(value);
    if (unstorable !== undefined) this.#refuse(value.key, `cannot be kept: ${unstorable}`);
    else if (!read.success) this.#refuse(value.key, `is no case: ${problemOf(read.error.issues)}`);
    else if (Buffer.byteLength(JSON.stringify(read.data)) > LIMITS.caseBytesMax) {
      this.#refuse(value.key, `is longer than ${LIMITS.caseBytesMax} bytes`);
    } else return read.data;
    return undefined;
  }

  #refuse(key: string, message: string): void {
    if (this.#errors.length < LIMITS.importErrorsMax) this.#errors.push({ key, message });
  }
}

function problemOf(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const [first] = issues;
  if (first === undefined) return "it cannot be read";
  return first.path.length === 0 ? first.message : `${first.path.join(".")}: ${first.message}`;
}
