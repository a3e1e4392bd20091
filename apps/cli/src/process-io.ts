import { text } from "node:stream/consumers";
import type { CliIo } from "./cli.ts";
import { InterruptedError } from "./cli-error.ts";
import { readEnvironment } from "./config.ts";
import type { Sink } from "./output.ts";

/** The real terminal, standard input, environment and Ctrl-C; a second Ctrl-C ends the process at once. */
export function openProcessIo(): CliIo {
  return {
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    readStdin: () => text(process.stdin),
    environment: readEnvironment(),
    onInterrupt,
  };
}

function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => controller.abort(new InterruptedError("stopped")));
  }
  return controller.signal;
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  let failure: Error | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `assay … | head` closes the pipe early; that is no failure of ours.
    if (error.code !== "EPIPE") failure ??= error;
  });
  return {
    isTty: stream.isTTY === true,
    write: (line) => void stream.write(line),
    lost: async () => {
      if (!stream.destroyed) await new Promise<void>((resolve) => stream.write("", () => resolve()));
      return failure;
    },
  };
}
