import { type FileHandle, open } from "node:fs/promises";
import { StoreUnavailableError } from "./database-error.ts";

/**
 * Brings the write-ahead log to the disk while the process goes on. Who asks during a sync shares the next one, so that
 * a slow disk makes groups larger and not queues longer.
 */
export class LogSync {
  readonly #path: string;
  #file: FileHandle | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: StoreUnavailableError | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Settles when everything that was committed before the call is on the disk.
   * @throws StoreUnavailableError when the disk refuses, and from then on.
   */
  settled(): Promise<void> {
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  /**
   * After a failed sync nobody knows what is on the disk, and a later one that succeeds does not say so: on Linux a
   * page that could not be written counts as clean. What is committed behind a gap in the log would be lost with it.
   * @throws StoreUnavailableError after a failure
   */
  assertSound(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#running?.catch(() => undefined);
    await this.#file?.close();
  }

  async #after(running: Promise<void> | undefined): Promise<void> {
    // Its failure is told to those who asked for it, and kept for us.
    await running?.catch(() => undefined);
    this.#running = this.#next;
    this.#next = undefined;
    this.assertSound();
    try {
      // SQLite keeps the file for as long as it is open. It locks its index and not this, so closing releases nothing.
      this.#file ??= await open(this.#path, "r+");
      await this.#file.datasync();
    } catch (error) {
      this.#failure = new StoreUnavailableError(
        `The database's log could not be brought to the disk (${(error as { code?: string }).code}). Restart the server when the disk works again.`,
        { cause: error },
      );
      throw this.#failure;
    }
  }
}
