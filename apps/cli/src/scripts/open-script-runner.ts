import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Json } from "@assay/core";
import { type ScriptAnswer, ScriptProcess } from "./script-process.ts";

const TIMEOUT_MS = 5_000;

export interface LocalScripts {
  /** Paths start at the folder the runner was opened for; a file that is no longer `sha256` is not run. */
  run(call: { file: string; sha256: string; body: Json }, signal: AbortSignal): Promise<ScriptAnswer>;
  close(): void;
}

/** Runs the user's own scorers on the user's own machine, each file in one process that is kept. */
export function openScriptRunner(folder: string, timeoutMs = TIMEOUT_MS): LocalScripts {
  const processes = new Map<string, ScriptProcess>();
  return {
    async run({ file, sha256, body }, signal) {
      const path = resolve(folder, file);
      if ((await hashOf(path)) !== sha256) {
        return {
          status: "failed",
          reason: `${file} is not what it was when the suite was read; run it again`,
        };
      }
      let running = processes.get(`${path} ${sha256}`);
      if (running === undefined) {
        running = new ScriptProcess(path, timeoutMs);
        processes.set(`${path} ${sha256}`, running);
      }
      return await running.ask(body, signal);
    },
    close() {
      for (const running of processes.values()) running.close();
      processes.clear();
    },
  };
}

async function hashOf(path: string): Promise<string | undefined> {
  try {
    return createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  } catch {
    return undefined;
  }
}
