import { LIMITS } from "@assay/core";
import { oneAtATime } from "../one-at-a-time.ts";

/** Something that was worked out, and what remembering it takes. */
export interface Remembered<T> {
  value: T;
  bytes: number;
}

interface Bounds {
  bytesMax: number;
  bytesPerTenantMax: number;
}

interface Entry extends Remembered<unknown> {
  tenantId: string;
}

/** What an entry takes beside its value. */
const ENTRY_BYTES = 500;

/**
 * Remembers what was worked out of dataset versions, which never change, so that nothing here can be out of date. What
 * was used longest ago goes first: the tenant's own when it has its share, anyone's when all is full.
 */
export class VersionMemory {
  readonly #bounds: Bounds;
  readonly #entries = new Map<string, Entry>();
  readonly #bytesOf = new Map<string, number>();
  #bytes = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Answers what `work` came to for this tenant and key. A tenant's works are done one after the other. */
  async recall<T>(
    { tenantId, key }: { tenantId: string; key: string },
    work: () => Promise<Remembered<T>>,
  ): Promise<T> {
    const name = `${tenantId}\n${key}`;
    const known = this.#use(name);
    if (known !== undefined) return known.value as T;
    return await oneAtATime(`version-memory:${tenantId}`, async () => {
      // Whoever waited in front may have asked for the same.
      const meanwhile = this.#use(name);
      if (meanwhile !== undefined) return meanwhile.value as T;
      const { value, bytes } = await work();
      this.#keep(name, { tenantId, value, bytes: bytes + name.length * 2 + ENTRY_BYTES });
      return value;
    });
  }

  #use(name: string): Entry | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry;
  }

  #keep(name: string, entry: Entry): void {
    if (entry.bytes > this.#bounds.bytesPerTenantMax) return;
    this.#entries.set(name, entry);
    this.#count(entry, entry.bytes);
    const { tenantId } = entry;
    while ((this.#bytesOf.get(tenantId) ?? 0) > this.#bounds.bytesPerTenantMax) {
      this.#forgetOldest((each) => each.tenantId === tenantId);
    }
    while (this.#bytes > this.#bounds.bytesMax) this.#forgetOldest(() => true);
  }

  #forgetOldest(isCandidate: (entry: Entry) => boolean): void {
    for (const [name, entry] of this.#entries) {
      if (!isCandidate(entry)) continue;
      this.#entries.delete(name);
      this.#count(entry, -entry.bytes);
      return;
    }
  }

  #count({ tenantId }: Entry, bytes: number): void {
    const left = (this.#bytesOf.get(tenantId) ?? 0) + bytes;
    if (left === 0) this.#bytesOf.delete(tenantId);
    else this.#bytesOf.set(tenantId, left);
    this.#bytes += bytes;
  }
}

/** Of this process. */
export const versionMemory = new VersionMemory({
  bytesMax: LIMITS.caseIndexBytesMax,
  bytesPerTenantMax: LIMITS.caseIndexBytesPerTenantMax,
});
