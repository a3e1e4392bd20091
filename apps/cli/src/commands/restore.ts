import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { machineCommand } from "../shared-options.ts";
import { withApplication } from "../with-application.ts";

interface RestoreOptions extends JsonOption {
  data: string;
}

const HELP = `
The data directory must not exist or be empty. Put the old secret.key into it, or set connections' secrets again.

Example:
  assay restore backups/monday --data data
`;

export function buildRestore(cli: Cli): Command {
  return machineCommand("restore <backup>")
    .description("make a data directory of this machine from a backup")
    .option("--data <dir>", "the data directory to make", "data")
    .addHelpText("after", HELP)
    .action(async (source: string, { data, ...options }: RestoreOptions) => {
      await withApplication(({ restoreData }) => restoreData({ source, dataDir: data }));
      const text = () => {
        cli.out.line(`${data} is restored from ${source}.`);
        cli.out.note(`Put the old secret.key into ${data}, or the secrets of connections must be set again.`);
      };
      show(cli, options, { schema: "restore", data: { source, data }, text });
    });
}
