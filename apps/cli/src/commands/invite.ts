import { Role } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { tenantCommand } from "../shared-options.ts";

interface InviteOptions extends SessionOptions, JsonOption {
  role: Role;
}

const HELP = `
Nothing is sent: pass the link on yourself. It is good once and for a week.

Example:
  assay invite anna@example.com --role editor
`;

export function buildInvite(cli: Cli): Command {
  return tenantCommand("invite <email>")
    .description("invite somebody into the tenant; the link is shown this once")
    .addOption(new Option("--role <role>", "what they become").choices(Role.options).default("viewer"))
    .addHelpText("after", HELP)
    .action((email: string, options: InviteOptions) =>
      withClient(cli, options, async (client) => {
        const made = await client.createInvitation({ email, role: options.role });
        const text = () => {
          cli.out.line(made.link);
          cli.out.note(
            `${made.invitation.email} becomes ${made.invitation.role} by this link, until ${made.invitation.expiresAt}.`,
          );
        };
        show(cli, options, { schema: "new-invitation", data: made, text });
        return EXIT_CODE.passed;
      }),
    );
}
