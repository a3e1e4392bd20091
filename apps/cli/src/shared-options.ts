import { Command } from "commander";

/** Options of every command that works on one tenant's objects. */
export function tenantCommand(nameAndArguments: string): Command {
  return serverCommand(nameAndArguments)
    .option("--local", "start the application inside this process instead of asking a server")
    .option(
      "--data <dir>",
      "with --local: the data directory to work on (default: a fresh copy of the starters)",
    )
    .option("--tenant <slug>", "with --local: whose objects; otherwise the key says it");
}

/** Options of every command that asks a server. */
export function serverCommand(nameAndArguments: string): Command {
  return machineCommand(nameAndArguments)
    .option("--url <url>", "the server (default: ASSAY_URL, or http://127.0.0.1:4000)")
    .option("--key <key>", "the key (default: ASSAY_KEY, which does not show in process lists)");
}

/** Options of every command. */
export function machineCommand(nameAndArguments: string): Command {
  const [name, ...args] = nameAndArguments.split(" ");
  const command = new Command(name).option("--json", "one JSON document for machines on stdout");
  for (const argument of args) command.argument(argument);
  return command;
}

/** `assay models add …`: a command that only groups others. */
export function groupCommand(name: string, description: string, children: readonly Command[]): Command {
  const group = new Command(name).description(description);
  for (const child of children) group.addCommand(child);
  return group;
}
