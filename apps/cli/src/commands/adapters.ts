import { allPages, type Client, ClientError } from "@assay/client";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import { openLocalFile } from "../model-source.ts";
import type { SessionOptions } from "../open-session.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface AdaptersOptions extends SessionOptions, JsonOption {
  base?: string;
  note?: string;
}

const ADD_HELP = `
The LoRA is checked tensor by tensor against its base model before it is accepted.

Example:
  assay adapters add airline-support ./airline.gguf --base starter
`;

export function buildAdapters(cli: Cli): Command {
  const add = tenantCommand("add <slug> <file>")
    .description("take in a LoRA (GGUF) as the adapter's next version")
    .option("--base <model>", "the model it was trained on; needed for a new adapter")
    .option("--note <text>", "where it comes from")
    .addHelpText("after", ADD_HELP)
    .action((slug: string, path: string, options: AdaptersOptions) =>
      addAdapter(cli, { slug, path }, options),
    );
  const list = tenantCommand("list")
    .description("the tenant's adapters")
    .action((options: AdaptersOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listAdapters({ cursor })));
        const rows = items.map(({ slug, baseModel, latestVersion }) => [slug, baseModel, latestVersion]);
        const text = () => cli.out.table(["adapter", "base model", "version"], rows);
        show(cli, options, { schema: "adapters", data: { items }, text });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("adapters", "LoRAs of the tenant", [add, list]);
}

async function addAdapter(
  cli: Cli,
  { slug, path }: { slug: string; path: string },
  options: AdaptersOptions,
): Promise<void> {
  const source = await openLocalFile(path);
  await withClient(cli, options, async (client) => {
    const upload = { adapter: slug, sha256: source.sha256, note: options.note };
    const send = async () => client.uploadAdapterVersion({ ...upload, file: await source.open() });
    if (options.base !== undefined) await nameAdapter(client, slug, options.base);
    const version = await send();
    show(cli, options, {
      schema: "adapter-version",
      data: { version },
      text: () =>
        cli.out.line(
          `${slug}@${version.version}: rank ${version.rank}, alpha ${version.alpha}, ${version.bytes} bytes`,
        ),
    });
    return EXIT_CODE.passed;
  });
}

/** Names the adapter, or does nothing when it already has this base; another base is the server's conflict. */
async function nameAdapter(client: Client, slug: string, baseModel: string): Promise<void> {
  try {
    await client.createAdapter({ slug, baseModel });
  } catch (error) {
    if (!(error instanceof ClientError) || error.code !== "conflict") throw error;
    for await (const adapter of allPages((cursor) => client.listAdapters({ cursor }))) {
      if (adapter.slug === slug && adapter.baseModel === baseModel) return;
    }
    throw error;
  }
}
