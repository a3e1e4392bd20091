import type { Client } from "@assay/client";
import type { Environment } from "./config.ts";
import type { ExitCode } from "./exit-code.ts";
import { openSession, type SessionOptions } from "./open-session.ts";
import type { Output, Sink } from "./output.ts";

/** What the process gives the CLI; tests give their own. */
export interface CliIo {
  stdout: Sink;
  stderr: Sink;
  /** All of standard input. */
  readStdin(): Promise<string>;
  environment: Environment;
  /** From this call on Ctrl-C aborts the signal, with an InterruptedError, instead of ending the process. */
  onInterrupt(): AbortSignal;
}

/** What every command works with. */
export interface Cli {
  io: CliIo;
  out: Output;
  /** What the process will end with; a command that says nothing passed. */
  exitCode: ExitCode;
  /** `exitCode` is that of a verdict, which whatever fails from here on (a report, a log, the disk) does not change. */
  isDecided: boolean;
}

/** The options every command has. */
export interface JsonOption {
  json?: boolean;
}

/** Runs a command's work with a client of the server, or of the application in this process, and closes it after. */
export async function withClient(
  cli: Cli,
  options: SessionOptions,
  work: (client: Client) => Promise<ExitCode | undefined>,
): Promise<void> {
  const session = await openSession(options, cli.io.environment);
  try {
    cli.exitCode = (await work(session.client)) ?? cli.exitCode;
  } finally {
    await session.close();
  }
}

/** One result in two forms: for machines a document with a versioned schema, for people what `text` prints. */
export function show(
  cli: Cli,
  options: JsonOption,
  result: { schema: string; data: object; text: () => void },
): void {
  if (options.json === true) {
    cli.out.document(JSON.stringify({ schema: `assay.${result.schema}/1`, ...result.data }, null, 2));
  } else result.text();
}
