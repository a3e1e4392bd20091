import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A child process that writes numbered traces without pause. */
export interface Writer extends AsyncDisposable {
  /** The newest number it was acknowledged. */
  acknowledged(): number;
  /** Waits until that many are acknowledged. */
  reach(count: number): Promise<void>;
  /** SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

export function startWriter(file: string): Writer {
  const script = fileURLToPath(new URL("continuous-writer.ts", import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "pipe"] });
  let [said, newest, complaint] = ["", 0, ""];
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    const lines = said.split("\n");
    said = lines.pop() ?? "";
    newest = Number(lines.at(-1) ?? newest);
  });
  return {
    acknowledged: () => newest,
    reach: async (count) => {
      while (newest < count) {
        if (child.exitCode !== null) throw new Error(`The writer ended: ${complaint}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    kill: () => end(child),
    [Symbol.asyncDispose]: () => end(child),
  };
}
