import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { tenantCommand } from "../shared-options.ts";

interface RollbackOptions extends SessionOptions, JsonOption {
  to?: number;
  reason: string;
}

const HELP = `
Example:
  assay rollback support-triage production --reason "INC-4711: wrong urgencies"
`;

export function buildRollback(cli: Cli): Command {
  return tenantCommand("rollback <prompt> <label>")
    .description("move a label back to a version that once held it; needs no evidence")
    .requiredOption("--reason <text>", "why, for the audit trail")
    .option("--to <n>", "which version (default: the one before)", parseCount)
    .addHelpText("after", HELP)
    .action((prompt: string, label: string, options: RollbackOptions) =>
      withClient(cli, options, async (client) => {
        const moved = await client.rollbackLabel({
          prompt,
          label,
          version: options.to,
          reason: options.reason,
        });
        show(cli, options, {
          schema: "rollback",
          data: { label: moved },
          text: () => cli.out.line(`${prompt}@${label} is back at version ${moved.version}.`),
        });
        return EXIT_CODE.passed;
      }),
    );
}
