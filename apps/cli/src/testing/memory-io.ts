import type { CliIo } from "../cli.ts";
import { InterruptedError } from "../cli-error.ts";
import { readEnvironment } from "../config.ts";
import type { Sink } from "../output.ts";

export interface MemoryIo extends CliIo {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
  /** What Ctrl-C does. */
  interrupt(): void;
}

/** A terminal in memory; the environment is only what `variables` says. */
export function openMemoryIo(
  options: { variables?: Record<string, string>; stdin?: string; isTty?: boolean } = {},
): MemoryIo {
  const { variables = {}, stdin = "", isTty = false } = options;
  const controller = new AbortController();
  const written = { stdout: "", stderr: "" };
  const sinkInto = (name: keyof typeof written): Sink => ({
    isTty,
    write: (text) => {
      written[name] += text;
    },
  });
  return {
    written,
    stdout: sinkInto("stdout"),
    stderr: sinkInto("stderr"),
    readStdin: async () => stdin,
    environment: readEnvironment(variables as NodeJS.ProcessEnv),
    onInterrupt: () => controller.signal,
    interrupt: () => controller.abort(new InterruptedError("stopped")),
  };
}
