/**
 * How long something that does one piece of work at a time has worked for each tenant, so that all get the same share
 * of its time: by turns, who brings pieces of a minute would leave the others one piece a minute. Who comes later, or
 * comes back, starts level with whom it works for at that moment, and neither owes nor is owed what was before.
 */
export class WorkedTime {
  readonly #workedMs = new Map<string, number>();
  readonly #now: () => number;
  /** What the tenant whose piece was begun last had then. */
  #levelMs = 0;
  #begunAt: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The tenant has work again. */
  join(tenantId: string): void {
    this.#workedMs.set(tenantId, Math.max(this.#workedMs.get(tenantId) ?? 0, this.#levelMs));
  }

  /** Whose turn it is: the tenant with the least time, of equals the first; undefined where there is none. */
  least(tenantIds: Iterable<string>): string | undefined {
    let least: { tenantId: string; ms: number } | undefined;
    for (const tenantId of tenantIds) {
      const ms = this.#workedMs.get(tenantId) ?? this.#levelMs;
      if (least === undefined || ms < least.ms) least = { tenantId, ms };
    }
    this.#levelMs = least?.ms ?? this.#levelMs;
    return least?.tenantId;
  }

  begin(): void {
    this.#begunAt = this.#now();
  }

  /** The piece begun last was the tenant's; nothing is counted where none was begun. */
  end(tenantId: string): void {
    if (this.#begunAt === undefined) return;
    const ms = this.#now() - this.#begunAt;
    this.#begunAt = undefined;
    this.#workedMs.set(tenantId, (this.#workedMs.get(tenantId) ?? this.#levelMs) + ms);
  }

  /** Nobody has work: all are equal again. */
  forget(): void {
    this.#workedMs.clear();
    this.#levelMs = 0;
  }
}
