import { allPages, type Client } from "@assay/client";
import { type Member, Role } from "@assay/core";
import { Argument, type Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError } from "../cli-error.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

type MembersOptions = SessionOptions & JsonOption;

export function buildMembers(cli: Cli): Command {
  const list = tenantCommand("list")
    .description("people of the tenant and their roles")
    .action((options: MembersOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listMembers({ cursor })));
        const rows = items.map(({ user, role, createdAt }) => [user.email, user.name, role, createdAt]);
        const text = () => cli.out.table(["e-mail", "name", "role", "since"], rows);
        show(cli, options, { schema: "members", data: { items }, text });
        return EXIT_CODE.passed;
      }),
    );
  const role = tenantCommand("role <email>")
    .description("give a member another role, at once; keys they made can do no more than it allows")
    .addArgument(new Argument("<role>", "what they become").choices(Role.options))
    .action((email: string, wanted: Role, options: MembersOptions) =>
      withClient(cli, options, async (client) => {
        const { user } = await findMember(client, email);
        const member = await client.setMemberRole({ userId: user.id, role: wanted });
        const text = () => cli.out.line(`${email} is ${wanted}.`);
        show(cli, options, { schema: "member", data: { member }, text });
        return EXIT_CODE.passed;
      }),
    );
  const remove = tenantCommand("remove <email>")
    .description("remove a member, at once; keys they made stop working")
    .action((email: string, options: MembersOptions) =>
      withClient(cli, options, async (client) => {
        const { user } = await findMember(client, email);
        await client.removeMember({ userId: user.id });
        const text = () => cli.out.line(`${email} is no member any more.`);
        show(cli, options, { schema: "member-removed", data: { user }, text });
        return EXIT_CODE.passed;
      }),
    );
  const reset = tenantCommand("reset <email>")
    .description("make a link that gives a member a new password; nothing is sent, and it is shown this once")
    .action((email: string, options: MembersOptions) =>
      withClient(cli, options, async (client) => {
        const { user } = await findMember(client, email);
        const made = await client.createPasswordReset({ userId: user.id });
        const text = () => {
          cli.out.line(made.link);
          cli.out.note(`${email} sets a new password by this link, once, until ${made.expiresAt}.`);
        };
        show(cli, options, { schema: "password-reset", data: made, text });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("members", "people of the tenant", [list, role, remove, reset]);
}

async function findMember(client: Client, email: string): Promise<Member> {
  for await (const member of allPages((cursor) => client.listMembers({ cursor }))) {
    if (member.user.email === email.toLowerCase()) return member;
  }
  throw new FileError(`There is no member "${email}".`);
}
