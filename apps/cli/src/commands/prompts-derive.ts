import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { tenantCommand } from "../shared-options.ts";

interface DeriveOptions extends SessionOptions, JsonOption {
  from: string;
  /** False by `--no-adapter`. */
  adapter?: string | boolean;
  model?: string;
  note?: string;
  dryRun?: boolean;
}

const HELP = `
Everything else stays as it is. The new version must prove itself like any other before a gated label moves to it.

Examples:
  assay prompts derive support-triage --from production --adapter airline@2
  assay prompts derive support-triage --from 3 --model starter --no-adapter --dry-run
`;

export function buildDerive(cli: Cli): Command {
  return tenantCommand("derive <prompt>")
    .description("add a version that differs from another in its adapter or model alone")
    .requiredOption("--from <version>", "a version's number, or a label")
    .option("--adapter <slug@n>", "the adapter version to take instead")
    .option("--no-adapter", "leave the adapter out")
    .option("--model <slug>", "the model to take instead")
    .option("--note <text>", "what it is for")
    .option("--dry-run", "say what would happen and change nothing")
    .addHelpText("after", HELP)
    .action((prompt: string, options: DeriveOptions) => derive(cli, prompt, options));
}

async function derive(cli: Cli, prompt: string, options: DeriveOptions): Promise<void> {
  const { model, note, dryRun } = options;
  const adapter = adapterOf(options);
  if (adapter === undefined && model === undefined) {
    throw new UsageError("Say what to exchange: --adapter, --no-adapter or --model.");
  }
  const from = /^\d+$/.test(options.from) ? Number(options.from) : options.from;
  await withClient(cli, options, async (client) => {
    const added = await client.derivePromptVersion({
      prompt,
      from,
      adapter,
      model,
      note,
      dryRun: dryRun === true,
    });
    const number = added.version?.version;
    const text = () => {
      if (added.created) {
        cli.out.line(number === undefined ? `+ ${prompt}: a new version` : `+ ${prompt}@${number}`);
      } else cli.out.line(`= ${prompt}@${number} (unchanged)`);
    };
    show(cli, options, { schema: "prompts-derive", data: added, text });
    return EXIT_CODE.passed;
  });
}

/** Null leaves it out, undefined keeps it. */
function adapterOf({ adapter }: DeriveOptions): string | null | undefined {
  if (adapter === false) return null;
  return typeof adapter === "string" ? adapter : undefined;
}
