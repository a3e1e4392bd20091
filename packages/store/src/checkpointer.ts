import { Worker } from "node:worker_threads";
import type SqliteDatabase from "better-sqlite3";

/** Pages of the log that are worth a checkpoint: 4 MB, as SQLite itself has it. */
const PAGES_MIN = 1_000;
const HEAP_MB_MAX = 16;

interface LogState {
  log: number;
  checkpointed: number;
}

/**
 * Takes the write-ahead log into the database in a thread of its own, because a checkpoint inside a commit writes and
 * syncs megabytes while the whole process waits. The thread starts when it is first needed.
 */
export class Checkpointer {
  readonly #writer: SqliteDatabase.Database;
  readonly #file: string;
  #thread: Worker | undefined;
  #isBusy = false;

  constructor(writer: SqliteDatabase.Database, file: string) {
    this.#writer = writer;
    this.#file = file;
  }

  /** To be called between transactions. */
  committed(): void {
    if (this.#isBusy) return;
    const [state] = this.#writer.pragma("wal_checkpoint(NOOP)") as LogState[];
    if (state === undefined || state.log - state.checkpointed < PAGES_MIN) return;
    this.#isBusy = true;
    this.#thread ??= this.#start();
    this.#thread.postMessage("checkpoint");
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./checkpoint-thread.ts", import.meta.url), {
      workerData: { file: this.#file },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    thread.on("message", () => {
      this.#isBusy = false;
    });
    // Without it the writer's own checkpoints go on. It stays busy, or a thread that cannot start would be tried forever.
    thread.on("error", () => undefined);
    thread.unref();
    return thread;
  }
}
