import type { GenerateCall } from "@assay/core";

export type Queued = Pick<GenerateCall, "tenantId" | "priority">;

/** After this many interactive picks in a row a waiting batch request goes first. */
const INTERACTIVE_STREAK_MAX = 4;

type Lanes<T> = Map<string, T[]>;

/**
 * Decides who is next. Within a class the tenants take turns, whatever each has waiting; interactive goes before
 * batch, but every fifth pick belongs to batch, so that it never starves. Weights and measured cost belong here.
 */
export class AdmissionQueue<T extends Queued> {
  // A map keeps its insertion order: the tenant at the front is next, and moves to the end once served.
  readonly #lanes: Record<Queued["priority"], Lanes<T>> = { interactive: new Map(), batch: new Map() };
  #size = 0;
  #interactiveStreak = 0;

  get size(): number {
    return this.#size;
  }

  sizeOf(tenantId: string): number {
    const { interactive, batch } = this.#lanes;
    return (interactive.get(tenantId)?.length ?? 0) + (batch.get(tenantId)?.length ?? 0);
  }

  add(item: T): void {
    this.#lane(item).push(item);
    this.#size++;
  }

  /** Puts back an item that had already been picked once: it goes before its tenant's others. */
  putBack(item: T): void {
    this.#lane(item).unshift(item);
    this.#size++;
  }

  /** Answers whether the item was still waiting. */
  remove(item: T): boolean {
    const lanes = this.#lanes[item.priority];
    const lane = lanes.get(item.tenantId);
    const index = lane?.indexOf(item) ?? -1;
    if (!lane || index < 0) return false;
    lane.splice(index, 1);
    if (lane.length === 0) lanes.delete(item.tenantId);
    this.#size--;
    return true;
  }

  /** Takes out the next item that can start now, or nothing. */
  next(canStart: (item: T) => boolean): T | undefined {
    const batchFirst = this.#interactiveStreak >= INTERACTIVE_STREAK_MAX;
    for (const priority of batchFirst
      ? (["batch", "interactive"] as const)
      : (["interactive", "batch"] as const)) {
      const item = this.#nextOf(this.#lanes[priority], canStart);
      if (!item) continue;
      const batchWaits = this.#lanes.batch.size > 0;
      this.#interactiveStreak = priority === "interactive" && batchWaits ? this.#interactiveStreak + 1 : 0;
      return item;
    }
    return undefined;
  }

  /** Everything that waits, in no promised order. */
  *[Symbol.iterator](): Generator<T> {
    for (const lanes of Object.values(this.#lanes)) for (const lane of lanes.values()) yield* lane;
  }

  #nextOf(lanes: Lanes<T>, canStart: (item: T) => boolean): T | undefined {
    for (const [tenantId, lane] of lanes) {
      const item = lane.find(canStart);
      if (!item) continue;
      this.remove(item);
      if (lane.length > 0) {
        lanes.delete(tenantId);
        lanes.set(tenantId, lane);
      }
      return item;
    }
    return undefined;
  }

  #lane(item: T): T[] {
    const lanes = this.#lanes[item.priority];
    const lane = lanes.get(item.tenantId) ?? [];
    lanes.set(item.tenantId, lane);
    return lane;
  }
}
