/**
 * Gives each row in view a slot that it keeps while it is in view. A row that comes into view takes the slot of one
 * that has left, so that scrolling changes what rows say instead of building them anew.
 */
export class RowSlots {
  readonly #slotOf = new Map<number, number>();
  #free: number[] = [];
  #made = 0;

  /**
   * The slots of these rows, in their order; rows that are not among them give theirs up, the first to the first, so
   * that a jump moves no row's place.
   */
  assign(rows: readonly number[]): number[] {
    const wanted = new Set(rows);
    const gone = [...this.#slotOf.keys()].filter((row) => !wanted.has(row)).sort((a, b) => a - b);
    for (const row of gone) {
      this.#free.push(this.#slotOf.get(row) ?? 0);
      this.#slotOf.delete(row);
    }
    const slots = rows.map((row) => {
      const slot = this.#slotOf.get(row) ?? this.#free.shift() ?? this.#made++;
      this.#slotOf.set(row, slot);
      return slot;
    });
    // What nobody took is not drawn any more, and would be built anew anyway.
    this.#free = [];
    this.#made = Math.max(-1, ...slots) + 1;
    return slots;
  }
}
