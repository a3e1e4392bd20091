import { insertResults, type ResultInsert, updateRun } from "@assay/store";
import type { WorkerLease } from "./worker-lease.ts";

interface Waiting {
  row: ResultInsert;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Stores results as they come, each acknowledged once it is committed. What arrives while a commit is under way is
 * committed together right after it, so that one sync to disk serves several cases and none waits for company.
 */
export class ResultWriter {
  readonly #lease: WorkerLease;
  readonly #runId: string;
  #done: number;
  #waiting: Waiting[] = [];
  #isWriting = false;

  /** @param done how many results are stored already. */
  constructor(lease: WorkerLease, runId: string, done: number) {
    this.#lease = lease;
    this.#runId = runId;
    this.#done = done;
  }

  /** How many results are stored. */
  get done(): number {
    return this.#done;
  }

  /** Settles once the result is committed. */
  write(row: ResultInsert): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ row, resolve, reject });
    if (!this.#isWriting) void this.#drain();
    return promise;
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#isWriting = false;
  }

  async #commit(batch: Waiting[]): Promise<void> {
    try {
      const done = this.#done + batch.length;
      await this.#lease.write(async (tx) => {
        await insertResults(
          tx,
          batch.map(({ row }) => row),
        );
        await updateRun(tx, this.#runId, { done });
      });
      this.#done = done;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
