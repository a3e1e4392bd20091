import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { tenantCommand } from "../shared-options.ts";

export function buildWhoami(cli: Cli): Command {
  return tenantCommand("whoami")
    .description("whose key this is and what it may do")
    .action((options: SessionOptions & JsonOption) =>
      withClient(cli, options, async (client) => {
        const caller = await client.getCaller();
        const text = () => {
          cli.out.line(
            `${caller.tenant?.slug ?? caller.audience}: ${caller.scopes.join(", ")} (${caller.keyId ?? caller.userId})`,
          );
          if (caller.prompts !== null) cli.out.line(`prompts: ${caller.prompts.join(", ")}`);
          if (caller.labels !== null) cli.out.line(`labels: ${caller.labels.join(", ")}`);
        };
        show(cli, options, { schema: "caller", data: { caller }, text });
        return EXIT_CODE.passed;
      }),
    );
}
