import { allPages } from "@assay/client";
import type { Model } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { collect } from "../collect.ts";
import { EXIT_CODE } from "../exit-code.ts";
import { openModelSource } from "../model-source.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseAmount } from "../parse-option.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface ModelsOptions extends SessionOptions, JsonOption {
  slug?: string;
  shared?: boolean;
  inputPrice?: number;
  outputPrice?: number;
}

interface HostedOptions extends ModelsOptions {
  connection: string;
  providerModel: string;
}

const ADD_HELP = `
The file is checked before anything loads it. hf: takes hf:<owner>/<repo>/<file>.gguf, and <repo>@<revision>.

Examples:
  assay models add ./qwen2.5-0.5b-instruct-q8_0.gguf
  assay models add hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF/qwen2.5-0.5b-instruct-q8_0.gguf --slug qwen
  assay models add ./base.gguf --shared          for every tenant, with the operator's key
`;

const HOSTED_HELP = `
Example:
  assay models add-hosted gpt --connection openai --provider-model gpt-4.1-mini
`;

export function buildModels(cli: Cli): Command {
  const add = withPrices(tenantCommand("add <source>"))
    .description("take in a GGUF file, from this machine or from Hugging Face")
    .option("--slug <slug>", "the model's name (default: the file's)")
    .option("--shared", "for every tenant; needs the operator's key")
    .addHelpText("after", ADD_HELP)
    .action((source: string, options: ModelsOptions) => addModel(cli, source, options));
  const addHosted = withPrices(tenantCommand("add-hosted <slug>"))
    .description("name a provider's model, reached through a connection")
    .requiredOption("--connection <slug>", "see `assay connections`")
    .requiredOption("--provider-model <name>", "what the provider calls it")
    .addHelpText("after", HOSTED_HELP)
    .action((slug: string, options: HostedOptions) => addHostedModel(cli, slug, options));
  const list = tenantCommand("list")
    .description("shared models and the tenant's own")
    .option("--shared", "the shared ones, with the operator's key")
    .action((options: ModelsOptions) =>
      withClient(cli, options, async (client) => {
        const page = (cursor: string | undefined) =>
          options.shared === true ? client.listSharedModels({ cursor }) : client.listModels({ cursor });
        const items = await collect(allPages(page));
        show(cli, options, { schema: "models", data: { items }, text: () => printModels(cli, items) });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("models", "what generates", [add, addHosted, list]);
}

function withPrices(command: Command): Command {
  return command
    .option("--input-price <micros>", "millionths of the currency per million tokens read", parseAmount)
    .option("--output-price <micros>", "the same per million tokens written", parseAmount);
}

async function addModel(cli: Cli, source: string, options: ModelsOptions): Promise<void> {
  const file = await openModelSource(source, cli.io.environment);
  await withClient(cli, options, async (client) => {
    cli.out.note(`Sending ${file.name} …`);
    const upload = {
      slug: options.slug ?? file.slug,
      sha256: file.sha256,
      inputMicrosPerMillion: options.inputPrice,
      outputMicrosPerMillion: options.outputPrice,
      file: await file.open(),
    };
    const model =
      options.shared === true ? await client.addSharedModel(upload) : await client.uploadModel(upload);
    show(cli, options, { schema: "model", data: { model }, text: () => printModels(cli, [model]) });
    return EXIT_CODE.passed;
  });
}

async function addHostedModel(cli: Cli, slug: string, options: HostedOptions): Promise<void> {
  const { connection, providerModel, inputPrice, outputPrice } = options;
  await withClient(cli, options, async (client) => {
    const price =
      inputPrice === undefined || outputPrice === undefined
        ? undefined
        : { inputMicrosPerMillion: inputPrice, outputMicrosPerMillion: outputPrice };
    const model = await client.createHostedModel({ slug, connection, providerModel, price });
    show(cli, options, { schema: "model", data: { model }, text: () => printModels(cli, [model]) });
    return EXIT_CODE.passed;
  });
}

function printModels(cli: Cli, models: readonly Model[]): void {
  const rows = models.map((model) => [
    model.slug,
    model.ownership,
    model.kind,
    model.kind === "local"
      ? (model.gguf?.architecture ?? null)
      : `${model.connection}: ${model.providerModel}`,
    model.bytes,
    model.sha256?.slice(0, 12),
  ]);
  cli.out.table(["model", "ownership", "kind", "what", "bytes", "sha256"], rows);
}
