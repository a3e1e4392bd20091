/** What is known of a case whatever the run. */
export interface IndexedCase {
  caseKey: string;
  group: string | null;
  tags: readonly string[];
}

/** Gives each case of a comparison a small number, so that runs are columns of numbers. */
export class CaseIndex {
  readonly #placeByKey = new Map<string, number>();
  readonly #cases: IndexedCase[] = [];
  /** Cases with the same tags share one list. */
  readonly #tagLists = new Map<string, readonly string[]>();

  get size(): number {
    return this.#cases.length;
  }

  /** The case's number; a new one where the key was not seen before. */
  placeOf({ caseKey, group, tags }: IndexedCase): number {
    const known = this.#placeByKey.get(caseKey);
    if (known !== undefined) return known;
    const place = this.#cases.length;
    this.#placeByKey.set(caseKey, place);
    this.#cases.push({ caseKey, group, tags: this.#shared(tags) });
    return place;
  }

  at(place: number): IndexedCase {
    const found = this.#cases[place];
    if (found === undefined) throw new RangeError(`there is no case ${place}`);
    return found;
  }

  #shared(tags: readonly string[]): readonly string[] {
    const name = JSON.stringify(tags);
    const known = this.#tagLists.get(name);
    if (known !== undefined) return known;
    this.#tagLists.set(name, tags);
    return tags;
  }
}
