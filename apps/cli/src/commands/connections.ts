import { readFile } from "node:fs/promises";
import { allPages } from "@assay/client";
import { type Connection, ConnectionKind } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError, UsageError } from "../cli-error.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface ConnectionsOptions extends SessionOptions, JsonOption {
  kind: ConnectionKind;
  baseUrl?: string;
  apiVersion?: string;
  secretFile?: string;
}

const OPENAI_URL = "https://api.openai.com/v1";

const ADD_HELP = `
The secret is sealed by the server and never shown again. It comes from a file or standard input, so that it stands
neither in the process list nor in the shell's history.

Examples:
  printf %s "$OPENAI_API_KEY" | assay connections add openai --kind openai --secret-file -
  assay connections add cluster --kind openai-compatible --base-url https://vllm.example.com/v1
`;

export function buildConnections(cli: Cli): Command {
  const add = tenantCommand("add <slug>")
    .description("add a way to reach a hosted provider")
    .addOption(
      new Option("--kind <kind>", "how it speaks").choices(ConnectionKind.options).makeOptionMandatory(),
    )
    .option("--base-url <url>", `the provider's API (default for openai: ${OPENAI_URL})`)
    .option("--api-version <version>", "azure-openai only, for example 2024-10-21")
    .option("--secret-file <file>", "the file that holds the secret; - is standard input")
    .addHelpText("after", ADD_HELP)
    .action((slug: string, options: ConnectionsOptions) => addConnection(cli, slug, options));
  const list = tenantCommand("list")
    .description("the tenant's connections")
    .action((options: ConnectionsOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listConnections({ cursor })));
        show(cli, options, {
          schema: "connections",
          data: { items },
          text: () => printConnections(cli, items),
        });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("connections", "how hosted providers are reached", [add, list]);
}

async function addConnection(cli: Cli, slug: string, options: ConnectionsOptions): Promise<void> {
  const { kind, apiVersion } = options;
  const baseUrl = options.baseUrl ?? (kind === "openai" ? OPENAI_URL : undefined);
  if (baseUrl === undefined) throw new UsageError(`--kind ${kind} needs --base-url.`);
  const secret = options.secretFile === undefined ? undefined : await readSecret(cli, options.secretFile);
  await withClient(cli, options, async (client) => {
    const connection = await client.createConnection({ slug, kind, baseUrl, apiVersion, secret });
    const text = () => printConnections(cli, [connection]);
    show(cli, options, { schema: "connection", data: { connection }, text });
    return EXIT_CODE.passed;
  });
}

async function readSecret(cli: Cli, path: string): Promise<string> {
  const text = path === "-" ? await cli.io.readStdin() : await readFile(path, "utf8").catch(() => undefined);
  const secret = text?.trim();
  if (!secret) throw new FileError(`There is no secret in ${path === "-" ? "standard input" : path}.`);
  return secret;
}

function printConnections(cli: Cli, connections: readonly Connection[]): void {
  const rows = connections.map(({ slug, kind, baseUrl, hasSecret }) => [
    slug,
    kind,
    baseUrl,
    hasSecret ? "set" : "none",
  ]);
  cli.out.table(["connection", "kind", "base URL", "secret"], rows);
}
