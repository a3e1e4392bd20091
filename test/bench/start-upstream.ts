import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinned } from "./pinned.ts";

/** A mock of a provider in a process of its own, whose calls can be counted. */
export interface Upstream extends AsyncDisposable {
  origin: string;
  baseUrl: string;
  kind: "C" | "Node";
  setDelayMs(ms: number): Promise<void>;
  reset(): Promise<void>;
  /** How many completions it was asked for since the last reset, and when the first of them came, in ms since 1970. */
  calls(): Promise<{ count: number; firstMs: number }>;
}

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Starts the mock in C where there is a compiler, else the one in Node. */
export async function startUpstream(): Promise<Upstream> {
  const folder = await mkdtemp(join(tmpdir(), "assay-upstream-"));
  const program = join(folder, "upstream");
  const compiled = spawnSync("cc", ["-O2", "-o", program, fileOf("upstream.c")], { stdio: "inherit" });
  const isC = compiled.status === 0;
  const command = isC ? [program] : [process.execPath, fileOf("upstream-process.ts")];
  const [file, ...first] = pinned("load", command);
  const child = spawn(file, [...first, "0", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (line: Buffer) => resolve(/port (\d+)/.exec(line.toString())?.[1] ?? ""));
    child.once("exit", (code) => reject(new Error(`the mock upstream ended with ${code}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  const ask = async (path: string): Promise<unknown> => await (await fetch(origin + path)).json();
  return {
    origin,
    baseUrl: `${origin}/v1`,
    kind: isC ? "C" : "Node",
    setDelayMs: async (ms) => {
      await ask(`/delay/${Math.round(ms * 1000)}`);
    },
    reset: async () => {
      await ask("/reset");
    },
    calls: async () => (await ask("/count")) as { count: number; firstMs: number },
    [Symbol.asyncDispose]: async () => {
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
