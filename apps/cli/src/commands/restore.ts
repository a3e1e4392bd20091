import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { loadApplication } from "../load-application.ts";
import { machineCommand } from "../shared-options.ts";

interface RestoreOptions extends JsonOption {
  data: string;
}

const HELP = `
Stop the server first. A data directory that holds something is left alone and refused.

Example:
  assay restore backups/monday --data data
`;

export function buildRestore(cli: Cli): Command {
  return machineCommand("restore <backup>")
    .description("make a data directory of this machine from a backup")
    .option("--data <dir>", "the data directory to make", "data")
    .addHelpText("after", HELP)
    .action(async (source: string, { data, ...options }: RestoreOptions) => {
      const { restoreData } = await loadApplication();
      await restoreData({ source, dataDir: data });
      const text = () => cli.out.line(`${data} is restored from ${source}.`);
      show(cli, options, { schema: "restore", data: { source, data }, text });
    });
}
