import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { machineCommand } from "../shared-options.ts";
import { withApplication } from "../with-application.ts";

interface BackupOptions extends JsonOption {
  data: string;
  out: string;
}

const HELP = `
The server may keep running: the copy is of one moment. The secret key that seals connections' secrets is not in it;
keep secret.key somewhere else.

Example:
  assay backup --out backups/monday
`;

export function buildBackup(cli: Cli): Command {
  return machineCommand("backup")
    .description("copy a data directory of this machine while it is in use")
    .option("--data <dir>", "the data directory", "data")
    .requiredOption("--out <dir>", "a new directory for the copy")
    .addHelpText("after", HELP)
    .action(async ({ data, out, ...options }: BackupOptions) => {
      await withApplication(({ backupData }) => backupData({ dataDir: data, out }));
      const text = () => cli.out.line(`${data} is copied to ${out}.`);
      show(cli, options, { schema: "backup", data: { data, out }, text });
    });
}
