import { LIMITS } from "@assay/core";
import type { KnownAnswer } from "@assay/evaluator";
import {
  findAnswers,
  type KeptAnswer,
  keepAnswers,
  type TenantStore,
  type TenantTx,
  touchAnswers,
  trimAnswers,
} from "@assay/store";

/** An answer that was used this recently counts as just used, so that a re-run need not write what it reads. */
const FRESH_MS = 60 * 60_000;
/** How many answers are added, at least, before the tenant's are counted again, which reads all of them. */
const ADDED_PER_TRIM = 2_000;
/** Runs that may add to the same tenant's at once, and a run between two countings as much again. */
const SHARES_OF_ROOM = 16;

interface MemoryOptions {
  /** False asks the model for everything; what it answers is kept all the same, unless there is an answer already. */
  mayRecall: boolean;
  now(): Date;
  answersMax?: number;
  bytesMax?: number;
}

interface Asked {
  key: string;
  resolve: (answer: KnownAnswer | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * The answers that one tenant's models gave before, for one run. What is asked while a reading is under way is read
 * together right after it. New answers wait for `store`, which the caller calls in the transaction that stores what
 * was made of them.
 */
export class AnswerMemory {
  readonly #tenant: TenantStore;
  readonly #options: MemoryOptions;
  #asked: Asked[] = [];
  #isReading = false;
  #kept: KeptAnswer[] = [];
  readonly #stale = new Set<string>();
  #addedSinceTrim = 0;
  #trimAfter = 0;

  constructor(tenant: TenantStore, options: MemoryOptions) {
    this.#tenant = tenant;
    this.#options = options;
  }

  /** What was answered to the request of this key; undefined when nothing was, or nothing may be reused. */
  recall(key: string): Promise<KnownAnswer | undefined> {
    if (!this.#options.mayRecall) return Promise.resolve(undefined);
    const { promise, resolve, reject } = Promise.withResolvers<KnownAnswer | undefined>();
    this.#asked.push({ key, resolve, reject });
    if (!this.#isReading) void this.#read();
    return promise;
  }

  /** Keeps an answer from the next `store` on. Never a failure: only answers have this shape. */
  keep(key: string, answer: KnownAnswer): void {
    this.#kept.push({ requestSha256: key, answer });
  }

  /** Are there answers that are not stored yet? */
  get hasNew(): boolean {
    return this.#kept.length > 0;
  }

  /** Writes what is to be kept, within the tenant's bounds. */
  async store(tx: TenantTx): Promise<void> {
    const [kept, stale] = [this.#kept, [...this.#stale]];
    this.#kept = [];
    this.#stale.clear();
    const now = this.#options.now();
    if (stale.length > 0) await touchAnswers(tx, stale, now);
    if (kept.length === 0) return;
    await keepAnswers(tx, kept, now);
    this.#addedSinceTrim += kept.length;
    if (this.#addedSinceTrim < this.#trimAfter) return;
    this.#addedSinceTrim = 0;
    const { answersMax = LIMITS.cachedAnswersPerTenantMax, bytesMax = LIMITS.cachedAnswerBytesPerTenantMax } =
      this.#options;
    const { answers, bytes } = await trimAnswers(tx, { answersMax, bytesMax });
    // The emptier, the longer: with more answers a counting takes longer, and holds up everybody else.
    const room = Math.min(answersMax - answers, ((bytesMax - bytes) * answers) / Math.max(1, bytes));
    this.#trimAfter = Math.max(ADDED_PER_TRIM, Math.floor(room / SHARES_OF_ROOM));
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    while (this.#asked.length > 0) {
      const asked = this.#asked;
      this.#asked = [];
      try {
        const found = await this.#tenant.read((tx) =>
          findAnswers(tx, [...new Set(asked.map(({ key }) => key))]),
        );
        const answers = new Map(found.map((one) => [one.requestSha256, one]));
        const freshSince = this.#options.now().getTime() - FRESH_MS;
        for (const { key, resolve } of asked) {
          const one = answers.get(key);
          if (one !== undefined && one.usedAt.getTime() < freshSince) this.#stale.add(key);
          resolve(one?.answer);
        }
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.#isReading = false;
  }
}
