import { RunTally } from "@assay/evaluator";
import { insertResults, metricNumbers, updateRun } from "@assay/store";
import type { AnswerMemory } from "./answer-memory.ts";
import type { FinishedCase } from "./execute-case.ts";
import { measuredRepeatOf } from "./load-case-scores.ts";
import type { RunPlan } from "./run-plan.ts";
import type { WorkerLease } from "./worker-lease.ts";

/** How long an answer waits for company: what a crash may lose, and cost again, is what came within this time. */
const GROUP_MS = 60;

/**
 * Stores results in groups, each in one transaction: one sync to disk serves every case that was answered within a
 * few milliseconds, and no case in flight waits for the disk. `flush` settles once everything given is committed; a
 * run is finished, handed back or ended after it and not before.
 */
export class ResultWriter {
  readonly #lease: WorkerLease;
  readonly #runId: string;
  readonly #memory: AnswerMemory;
  readonly #tally = new RunTally();
  #stored: { done: number; reused: number; spentMicros: number };
  #waiting: FinishedCase[] = [];
  #chargedMicros = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;

  /** @param memory whose new answers are stored together with the results. */
  constructor(lease: WorkerLease, { run, done }: Pick<RunPlan, "run" | "done">, memory: AnswerMemory) {
    this.#lease = lease;
    this.#runId = run.id;
    this.#memory = memory;
    this.#stored = { done, reused: run.reused, spentMicros: run.spentMicros };
  }

  /** How many results are stored. */
  get done(): number {
    return this.#stored.done;
  }

  /** What this writer has stored, for a summary that need not read it again. */
  get tally(): RunTally {
    return this.#tally;
  }

  /**
   * Takes a result, which is stored soon; settles when there is room for another.
   * @throws what an earlier group could not be stored for.
   */
  async write(finished: FinishedCase): Promise<void> {
    this.#throwFailure();
    this.#waiting.push(finished);
    // Who brings one too many waits until they are stored.
    if (this.#waiting.length >= this.#lease.resultsPerGroupMax) return await this.flush();
    this.#await();
  }

  /** Takes what was spent on a case that came to no result; stored by the next `flush`. */
  charge(spentMicros: number): void {
    this.#chargedMicros += spentMicros;
  }

  /** Settles when every result given so far is committed. @throws what one could not be stored for. */
  async flush(): Promise<void> {
    while (this.#failure === undefined && (this.#writing !== undefined || this.#hasWork)) await this.#store();
    this.#throwFailure();
  }

  /** Lets a group gather. */
  #await(): void {
    this.#timer ??= setTimeout(() => void this.#store(), GROUP_MS);
  }

  /** Stores one group, or awaits the one being stored: what came meanwhile is given time to become a group of its own. */
  #store(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#commit().finally(() => {
      this.#writing = undefined;
      if (this.#waiting.length > 0) this.#await();
    });
    return this.#writing;
  }

  /** Also an answer whose case came to no result: it has been paid for. */
  get #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#memory.hasNew || this.#chargedMicros > 0;
  }

  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    const chargedMicros = this.#chargedMicros;
    this.#chargedMicros = 0;
    try {
      const stored = { ...this.#stored };
      stored.spentMicros += chargedMicros;
      for (const { row, spentMicros } of group) {
        stored.done += 1;
        stored.reused += row.reused ? 1 : 0;
        stored.spentMicros += spentMicros;
      }
      await this.#lease.write(async (tx) => {
        await insertResults(
          tx,
          group.map(({ row }) => row),
        );
        await this.#memory.store(tx);
        await updateRun(tx, this.#runId, stored);
      }, "beside");
      this.#stored = stored;
      for (const { row } of group) {
        this.#tally.add(measuredRepeatOf({ ...row, metrics: metricNumbers(row.outcome) }));
      }
    } catch (error) {
      // Nothing more is stored: which results are missing would be anyone's guess.
      this.#failure = { error };
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
