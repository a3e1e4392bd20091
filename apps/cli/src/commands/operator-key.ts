import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { machineCommand } from "../shared-options.ts";
import { withApplication } from "../with-application.ts";

interface OperatorKeyOptions extends JsonOption {
  data: string;
}

const HELP = `
For an operator whose key is lost: whoever can read the data directory may make another one. The server may keep
running. It is shown this once.

Example:
  assay operator-key --data data
`;

export function buildOperatorKey(cli: Cli): Command {
  return machineCommand("operator-key")
    .description("make another operator key, on the server's machine")
    .option("--data <dir>", "the data directory", "data")
    .addHelpText("after", HELP)
    .action(async ({ data, ...options }: OperatorKeyOptions) => {
      const key = await withApplication(({ newOperatorKey }) => newOperatorKey({ dataDir: data }));
      show(cli, options, { schema: "operator-key", data: { key }, text: () => cli.out.line(key) });
    });
}
