import { ClientError } from "@assay/client";
import { AppError } from "@assay/core";
import { CommanderError } from "commander";
import type { Cli, CliIo } from "./cli.ts";
import { FileError, InterruptedError, UsageError } from "./cli-error.ts";
import { loadCommands } from "./commands/index.ts";
import { createProgram } from "./create-program.ts";
import { detailLines } from "./detail-lines.ts";
import { EXIT_CODE, type ExitCode } from "./exit-code.ts";
import { createOutput } from "./output.ts";

/** Runs one command line, without the program's name, and resolves to the process's exit code. Never rejects. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<ExitCode> {
  const out = createOutput(io, io.environment.isColorOff);
  const cli: Cli = { io, out, exitCode: EXIT_CODE.passed, isDecided: false };
  const code = await run(cli, argv);
  const lost = await out.lost();
  if (lost === undefined) return code;
  out.note(`assay: the output could not be written: ${lost.message}`);
  return cli.isDecided || code !== EXIT_CODE.passed ? code : EXIT_CODE.couldNotRun;
}

async function run(cli: Cli, argv: readonly string[]): Promise<ExitCode> {
  try {
    await createProgram(await loadCommands(argv[0]), cli).parseAsync(argv, { from: "user" });
    return cli.exitCode;
  } catch (error) {
    // Commander has printed its own message already; help and version are not errors.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? EXIT_CODE.passed : EXIT_CODE.wrongUsage;
    reportError(cli, error, argv.includes("--json") && !cli.isDecided);
    return cli.isDecided ? cli.exitCode : exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT_CODE.wrongUsage;
  return codeOf(error) === "gate_refused" ? EXIT_CODE.failed : EXIT_CODE.couldNotRun;
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof ClientError || error instanceof AppError) return error.code;
  if (error instanceof UsageError) return "wrong_usage";
  if (error instanceof InterruptedError) return "interrupted";
  return error instanceof FileError ? "file_unusable" : undefined;
}

function reportError(cli: Cli, error: unknown, isJson: boolean): void {
  const code = codeOf(error);
  // Without a code it is a bug of ours or of the machine: whoever runs the CLI is who needs the stack.
  const message =
    code === undefined && error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
  const details = error instanceof ClientError || error instanceof AppError ? error.details : undefined;
  const requestId = error instanceof ClientError ? error.requestId : undefined;
  if (isJson) {
    const document = { schema: "assay.error/1", code: code ?? "internal", message, details, requestId };
    cli.out.document(JSON.stringify(document, null, 2));
  }
  cli.out.note(`assay: ${message}`);
  for (const line of detailLines(details)) cli.out.note(`  ${line}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
