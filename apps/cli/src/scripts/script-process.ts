import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import type { Json } from "@assay/core";

export type ScriptAnswer = { status: "answered"; value: Json } | { status: "failed"; reason: string };

const MEMORY_MB_MAX = 256;
const ANSWER_BYTES_MAX = 64 * 1024;
/** Starting a process and loading a script is the machine's time, not the script's; a busy machine takes seconds. */
const START_MS_MAX = 30_000;

/**
 * What runs in the child. It answers one question at a time; what the script prints goes nowhere near the answers,
 * which have a channel of their own.
 */
const CHILD = `
import { pathToFileURL } from "node:url";
const loaded = import(pathToFileURL(process.argv[1]).href);
loaded.catch(() => undefined).then(() => process.send({ id: 0 }));
process.on("message", async ({ id, body }) => {
  try {
    const module = await loaded;
    const score = module.score ?? module.default;
    if (typeof score !== "function") throw new Error("it exports neither score nor a default function");
    const text = JSON.stringify(await score(body)) ?? "null";
    if (text.length > ${ANSWER_BYTES_MAX}) throw new Error("its answer is longer than ${ANSWER_BYTES_MAX} characters");
    process.send({ id, text });
  } catch (error) {
    process.send({ id, problem: String(error?.message ?? error).slice(0, 500) });
  }
});
`;

interface Reply {
  id: number;
  text?: string;
  problem?: string;
}

/**
 * One script in a process of its own: it may read its own folder and nothing else, starts no process, has little
 * memory and no environment, and is ended when a question takes too long. Node does not keep it off the network.
 */
export class ScriptProcess {
  readonly #file: string;
  readonly #timeoutMs: number;
  readonly #open = new Map<number, (answer: ScriptAnswer) => void>();
  #child: ChildProcess | undefined;
  #started = Promise.withResolvers<void>();
  #lastId = 0;
  #complaints = "";

  constructor(file: string, timeoutMs: number) {
    this.#file = file;
    this.#timeoutMs = timeoutMs;
  }

  async ask(body: Json, signal: AbortSignal): Promise<ScriptAnswer> {
    if (signal.aborted) return failed("the run was stopped");
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<ScriptAnswer>();
    this.#open.set(id, resolve);
    const child = this.#running();
    let late = this.#endAfter(START_MS_MAX, "start");
    void this.#started.promise.then(() => {
      clearTimeout(late);
      if (this.#open.has(id)) late = this.#endAfter(this.#timeoutMs, "answer");
    });
    const onAbort = () => resolve(failed("the run was stopped"));
    signal.addEventListener("abort", onAbort, { once: true });
    child.send({ id, body });
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", onAbort);
      this.#open.delete(id);
    }
  }

  #endAfter(ms: number, what: "start" | "answer"): NodeJS.Timeout {
    return setTimeout(() => this.#end(`it did not ${what} within ${ms / 1000} s`), ms);
  }

  close(): void {
    this.#end("the run was stopped");
  }

  #running(): ChildProcess {
    if (this.#child !== undefined) return this.#child;
    const limits = [
      "--permission",
      `--allow-fs-read=${dirname(this.#file)}/*`,
      `--max-old-space-size=${MEMORY_MB_MAX}`,
    ];
    const child = spawn(process.execPath, [...limits, "--input-type=module", "--eval", CHILD, this.#file], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: {},
      cwd: dirname(this.#file),
    });
    this.#child = child;
    this.#started = Promise.withResolvers();
    this.#complaints = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-500);
    });
    child.on("message", (reply) => this.#hear(reply as Reply));
    child.on("error", (error) => this.#lose(child, error.message));
    child.on("exit", () => this.#lose(child, `it ended: ${this.#complaints.trim() || "without a word"}`));
    return child;
  }

  #hear({ id, text, problem }: Reply): void {
    if (id === 0) {
      this.#started.resolve();
      return;
    }
    const resolve = this.#open.get(id);
    resolve?.(
      text === undefined ? failed(problem ?? "it failed") : { status: "answered", value: JSON.parse(text) },
    );
  }

  #end(reason: string): void {
    const child = this.#child;
    if (child === undefined) return;
    this.#lose(child, reason);
    child.kill("SIGKILL");
  }

  #lose(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const resolve of this.#open.values()) resolve(failed(reason));
  }
}

function failed(reason: string): ScriptAnswer {
  return { status: "failed", reason };
}
