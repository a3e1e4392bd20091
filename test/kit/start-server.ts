import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A real server in a process of its own, as `npm start` runs it. */
export interface StartedServer extends AsyncDisposable {
  url: string;
  /** What the first start printed: keys by the names they are printed under. */
  keys: Record<string, string>;
  /** Of the person that the first start made. */
  login: { email: string; password: string };
  dataDir: string;
  pid: number;
  /** `SIGKILL` stands for a crash; `SIGTERM` for a stop. Resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

interface StartOptions {
  /** Kept when given; otherwise made, and removed with the server. */
  dataDir?: string;
  environment?: Record<string, string>;
  /** What starts Node, when it is to be pinned to a core or profiled: the program and its first arguments. */
  command?: readonly [string, ...string[]];
}

/** As in the script `start`. */
const NODE_FLAGS = ["--max-semi-space-size=8", "--heap-growing-percent=40"];

/** Starts the server on a free port and waits until it says that it is ready. */
export async function startServer({
  dataDir,
  environment,
  command: [program, ...first] = [process.execPath],
}: StartOptions = {}): Promise<StartedServer> {
  const directory = dataDir ?? (await mkdtemp(join(tmpdir(), "assay-server-")));
  const child = spawn(program, [...first, ...NODE_FLAGS, "apps/api/src/main.js"], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      ASSAY_DATA_DIR: directory,
      PORT: "0",
      ASSAY_LOG_LEVEL: "error",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = await untilReady(child);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  };
  return {
    url: /ready at (\S+)/.exec(said)?.[1] ?? "",
    keys: Object.fromEntries(
      [...said.matchAll(/^ {2}(\w+)(?: \(admin\))? +(a(?:sk|op)_\S+)$/gm)].map(([, name, key]) => [
        name,
        key,
      ]),
    ),
    login: {
      email: /^ {2}e-mail +(\S+)$/m.exec(said)?.[1] ?? "",
      password: /^ {2}password +(\S+)$/m.exec(said)?.[1] ?? "",
    },
    dataDir: directory,
    pid: child.pid ?? 0,
    kill,
    [Symbol.asyncDispose]: async () => {
      await kill("SIGTERM");
      if (dataDir === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess): Promise<string> {
  let output = "";
  let errors = "";
  return await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      // The greeting ends with an empty line, after the last key.
      if (/ready at \S+\n[\s\S]*\n\n$/.test(output)) resolve(output);
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    // Not `exit`, which may come before the last of what it said.
    child.once("close", (code) => reject(new Error(`The server ended with ${code}: ${errors}`)));
  });
}
