import { allPages } from "@assay/client";
import { type Key, Role, SCOPES, Scope } from "@assay/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseExpiry } from "../parse-expiry.ts";
import { parseCount, parseList } from "../parse-option.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface KeysOptions extends SessionOptions, JsonOption {
  role?: Role;
  scopes?: Scope[];
  prompts?: string[];
  labels?: string[];
  requestsPerMinute?: number;
  concurrentRequests?: number;
  expires?: string;
}

const CREATE_HELP = `
Examples:
  assay keys create chat-app --scopes use --prompts support-triage --labels production
  assay keys create ci --role editor --expires 90d
`;

export function buildKeys(cli: Cli): Command {
  const create = tenantCommand("create <name>")
    .description("make a key; its secret is shown this once")
    .addOption(
      new Option("--role <role>", "a set of scopes")
        .choices(Role.options)
        .conflicts("scopes")
        .default(undefined),
    )
    .option("--scopes <list>", SCOPES.join(", "), parseScopes)
    .option("--prompts <list>", "confine it to these prompts", parseList)
    .option("--labels <list>", "confine it to these labels", parseList)
    .option("--requests-per-minute <n>", "on the data plane", parseCount)
    .option("--concurrent-requests <n>", "on the data plane", parseCount)
    .option("--expires <time>", "30d, 4h or an ISO time")
    .addHelpText("after", CREATE_HELP)
    .action((name: string, options: KeysOptions) => createKey(cli, name, options));
  const list = tenantCommand("list")
    .description("the tenant's keys, revoked ones included")
    .action((options: KeysOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listKeys({ cursor })));
        show(cli, options, { schema: "keys", data: { items }, text: () => printKeys(cli, items) });
        return EXIT_CODE.passed;
      }),
    );
  const revoke = tenantCommand("revoke <id>")
    .description("revoke a key; it stops working within five seconds")
    .action((keyId: string, options: KeysOptions) =>
      withClient(cli, options, async (client) => {
        await client.revokeKey({ keyId });
        const text = () => cli.out.line(`${keyId} is revoked.`);
        show(cli, options, { schema: "key-revoked", data: { keyId }, text });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("keys", "credentials of machines", [create, list, revoke]);
}

function parseScopes(text: string): Scope[] {
  const parsed = Scope.array().safeParse(parseList(text));
  if (!parsed.success) throw new InvalidArgumentError(`The scopes are ${SCOPES.join(", ")}.`);
  return parsed.data;
}

async function createKey(cli: Cli, name: string, options: KeysOptions): Promise<void> {
  const { role, scopes, prompts, labels, requestsPerMinute, concurrentRequests, expires } = options;
  const granted = scopes === undefined ? { role: role ?? "viewer" } : { scopes };
  const expiresAt = expires === undefined ? undefined : parseExpiry(expires, Date.now());
  await withClient(cli, options, async (client) => {
    const limits = { requestsPerMinute, concurrentRequests };
    const made = await client.createKey({ name, ...granted, prompts, labels, limits, expiresAt });
    show(cli, options, {
      schema: "new-key",
      data: made,
      text: () => {
        cli.out.line(made.secret);
        cli.out.note(
          `This is ${made.key.name} (${made.key.id}), shown this once: ${made.key.scopes.join(", ")}.`,
        );
        for (const slug of made.unknownPrompts) cli.out.note(`There is no prompt "${slug}" yet.`);
        for (const label of made.unknownLabels) {
          cli.out.note(`None of the prompts that it may use has a label "${label}" yet.`);
        }
      },
    });
    return EXIT_CODE.passed;
  });
}

function printKeys(cli: Cli, keys: readonly Key[]): void {
  const rows = keys.map((key) => [
    key.id,
    key.name,
    key.scopes.join(" "),
    [...(key.prompts ?? []), ...(key.labels ?? []).map((label) => `@${label}`)].join(" ") || "everything",
    key.revokedAt === null ? (key.expiresAt ?? "never") : `revoked ${key.revokedAt}`,
  ]);
  cli.out.table(["id", "name", "scopes", "confined to", "ends"], rows);
}
