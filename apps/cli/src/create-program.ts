import { Command } from "commander";
import type { Cli } from "./cli.ts";

/** Builds one command with its options, help and action. */
export type CommandBuilder = (cli: Cli) => Command;

const AFTER_HELP = `
Environment:
  ASSAY_URL   the server (default http://127.0.0.1:4000)
  ASSAY_KEY   a tenant's key, or the operator's for tenants and shared models

Exit codes:
  0    passed
  1    could not run
  2    wrong usage
  100  a gate said no or could not tell, or tests failed

Examples:
  assay eval evals/airline/support-triage.yaml --local
  assay prompts plan prompts/airline
  assay promote support-triage production --to latest
`;

/** The whole program, from its commands. It never ends the process: it throws CommanderError instead. */
export function createProgram(commands: readonly CommandBuilder[], cli: Cli): Command {
  const program = new Command("assay")
    .description("Prompts, adapters and their evaluation, from the command line")
    .version("0.1.0", "-V, --version")
    .enablePositionalOptions()
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText("after", AFTER_HELP);
  for (const build of commands) program.addCommand(build(cli));
  settle(program, cli);
  return program;
}

function settle(command: Command, cli: Cli): void {
  command
    .exitOverride()
    .showHelpAfterError("(add --help for the options and examples)")
    .configureOutput({
      writeOut: (text) => cli.out.document(text),
      writeErr: (text) => cli.out.note(text.trimEnd()),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });
  for (const child of command.commands) settle(child, cli);
}
