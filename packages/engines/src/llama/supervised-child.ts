import { type ChildProcess, fork } from "node:child_process";
import { LIMITS } from "@assay/core";
import type { ChildMessage, ChildSettings, ParentMessage } from "./child-messages.ts";

const CHILD_FILE = new URL("./child/main.ts", import.meta.url);
/** Decoding and every sampling are jobs of the thread pool; a step has one of each per sequence at most. */
const THREAD_POOL_SIZE = LIMITS.engineSequencesPerContext + 4;
const STDERR_KEPT_CHARS = 4_000;

export interface SupervisedChildOptions {
  settings: ChildSettings;
  /** All of the child's environment: nothing is inherited, so that no secret of this process reaches it. */
  environment: Record<string, string>;
  onMessage: (message: ChildMessage) => void;
  /** Called once, when the process is gone; `detail` is for logs. */
  onExit: (detail: string) => void;
}

/**
 * A process around native code. It ends by itself when this process does (its channel closes), and is killed when
 * it stops answering.
 */
export class SupervisedChild {
  readonly #process: ChildProcess;
  readonly #watchdog: NodeJS.Timeout;
  readonly #gone: Promise<void>;
  #silentBeats = 0;
  #stderr = "";

  constructor({ settings, environment, onMessage, onExit }: SupervisedChildOptions) {
    this.#process = fork(CHILD_FILE, {
      execPath: process.execPath,
      execArgv: [],
      env: { ...environment, UV_THREADPOOL_SIZE: String(THREAD_POOL_SIZE) },
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT_CHARS);
    });
    this.#process.on("message", (message) => this.#hear(message as ChildMessage, onMessage));
    this.#watchdog = setInterval(() => this.#watch(), LIMITS.engineHeartbeatMs).unref();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gone = promise;
    const end = (reason: string) => {
      clearInterval(this.#watchdog);
      resolve();
      onExit(`${reason}\n${this.#stderr}`.trim());
    };
    this.#process.once("exit", (code, signal) => end(`exit code ${code}, signal ${signal}`));
    // Sending to a process that has just died also reports here; its exit is reported separately.
    this.#process.on("error", (error) => {
      if (this.#process.pid === undefined) end(error.message);
    });
    this.send({ type: "open", settings });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: ParentMessage): void {
    if (this.#process.connected) this.#process.send(message);
  }

  /** Ends the process at once and waits until it is gone. It holds nothing that could be lost. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#gone;
  }

  #hear(message: ChildMessage, onMessage: (message: ChildMessage) => void): void {
    // A step that hangs in a device must not look alive because timers still run.
    const isHung = message.type === "heartbeat" && message.stepAgeMs > LIMITS.engineHeartbeatMissedMs;
    if (!isHung) this.#silentBeats = 0;
    onMessage(message);
  }

  // Counts beats instead of comparing clocks: a pause of this very process must not look like a dead child.
  #watch(): void {
    this.#silentBeats++;
    if (this.#silentBeats * LIMITS.engineHeartbeatMs > LIMITS.engineHeartbeatMissedMs)
      this.#process.kill("SIGKILL");
  }
}
