/**
 * Gives each row in view a slot that it keeps while it is in view. A row that comes into view takes the slot of one
 * that has left, so that scrolling changes what rows say instead of building them anew.
 */
export class RowSlots {
  readonly #slotOf = new Map<number, number>();
  #free: number[] = [];
  #made = 0;

  /** The slots of these rows, in their order; rows that are not among them give theirs up. */
  assign(rows: readonly number[]): number[] {
    const wanted = new Set(rows);
    for (const [row, slot] of this.#slotOf) {
      if (wanted.has(row)) continue;
      this.#slotOf.delete(row);
      this.#free.push(slot);
    }
    const slots = rows.map((row) => {
      const slot = this.#slotOf.get(row) ?? this.#free.pop() ?? this.#made++;
      this.#slotOf.set(row, slot);
      return slot;
    });
    // What nobody took is not drawn any more, and would be built anew anyway.
    this.#free = [];
    this.#made = Math.max(-1, ...slots) + 1;
    return slots;
  }
}
