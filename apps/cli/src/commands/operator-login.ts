import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { machineCommand } from "../shared-options.ts";
import { withApplication } from "../with-application.ts";

interface OperatorLoginOptions extends JsonOption {
  data: string;
  email: string;
}

const HELP = `
For a log-in that is lost: whoever can read the data directory may make a person an operator with a new password, which
is shown this once. Their sessions end. The server may keep running.

Example:
  assay operator-login --data data --email admin@example.com
`;

export function buildOperatorLogin(cli: Cli): Command {
  return machineCommand("operator-login")
    .description("make or reset an operator's log-in, on the server's machine")
    .option("--data <dir>", "the data directory", "data")
    .option("--email <address>", "whose", "admin@example.com")
    .addHelpText("after", HELP)
    .action(async ({ data, email, ...options }: OperatorLoginOptions) => {
      const login = await withApplication(({ newOperatorLogin }) =>
        newOperatorLogin({ dataDir: data, email }),
      );
      const text = () => cli.out.line(`${login.email}  ${login.password}`);
      show(cli, options, { schema: "operator-login", data: { ...login }, text });
    });
}
