/** Lets each tenant do only some things at once; whoever comes later waits, in the order of asking. */
export class TenantShare {
  readonly #atOnceMax: number;
  readonly #lines = new Map<string, { active: number; waiting: (() => void)[] }>();

  constructor(atOnceMax: number) {
    this.#atOnceMax = atOnceMax;
  }

  async run<R>(tenantId: string, work: () => Promise<R>): Promise<R> {
    const line = this.#lines.get(tenantId) ?? { active: 0, waiting: [] };
    this.#lines.set(tenantId, line);
    if (line.active < this.#atOnceMax) line.active += 1;
    else await new Promise<void>((enter) => line.waiting.push(enter));
    try {
      return await work();
    } finally {
      const next = line.waiting.shift();
      // Whose turn it is takes the place that is left, so that nobody comes between.
      if (next !== undefined) next();
      else if (--line.active === 0) this.#lines.delete(tenantId);
    }
  }
}
