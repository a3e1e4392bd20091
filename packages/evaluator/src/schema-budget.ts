/** A unit is about a nanosecond: one character of generated code run once. */
const WORK_MAX = 100_000_000;
const CALLS_MAX = 200_000;

/** Thrown out of a validation whose budget is spent. */
export class SchemaBudgetSpent extends Error {}

/** What one validation may still do; generated code and keywords draw on it, so no schema and value multiply past it. */
export class SchemaBudget {
  #work = 0;
  #calls = 0;
  #workAtStart = 0;

  /** Begins a validation that may do `workMax` units, and no more than any validation may. */
  start(workMax: number): void {
    this.#work = Math.min(WORK_MAX, workMax);
    this.#workAtStart = this.#work;
    this.#calls = CALLS_MAX;
  }

  /** Units drawn since `start`. */
  get spent(): number {
    return this.#workAtStart - this.#work;
  }

  spend(units: number): void {
    this.#work -= units;
    if (this.#work < 0) throw new SchemaBudgetSpent();
  }

  /** Every `$ref` is a call of a generated function. */
  spendCall(units: number): void {
    if (--this.#calls < 0) throw new SchemaBudgetSpent();
    this.spend(units);
  }

  /** In place, because copying all errors so far for each new one is quadratic. */
  joinErrors<T>(errors: T[] | null, more: T[]): T[] {
    this.spend(more.length);
    if (errors === null) return more;
    for (const error of more) errors.push(error);
    return errors;
  }

  assign(target: object, source: object): object {
    this.spend(Object.keys(source).length);
    return Object.assign(target, source);
  }

  /** A key as a step of a JSON pointer. */
  pointerStep(key: string): string {
    this.spend(key.length);
    return key.replace(/~/g, "~0").replace(/\//g, "~1");
  }
}
