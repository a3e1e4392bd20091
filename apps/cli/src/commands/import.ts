import type { Command } from "commander";
import { type Cli, type JsonOption, show } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import { importPromptfoo } from "../promptfoo/import-promptfoo.ts";
import { groupCommand, machineCommand } from "../shared-options.ts";

interface PromptfooOptions extends JsonOption {
  out: string;
  tenant: string;
  name?: string;
  model?: string;
  strict?: boolean;
}

const HELP = `
Writes prompts/<tenant>/<name>.yaml, evals/<tenant>/<name>.yaml and its dataset, and says what could not be taken over.
What a test asserts stands in its case, where the scorer \`assertions\` reads it.

Example:
  assay import promptfoo promptfooconfig.yaml --out . --tenant shop --model gpt-4o-mini
`;

export function buildImport(cli: Cli): Command {
  const promptfoo = machineCommand("promptfoo <file>")
    .description("make prompt files, suite files and a dataset of a promptfoo config")
    .option("--out <dir>", "the tree to write into", ".")
    .option("--tenant <slug>", "whose folder below prompts/ and evals/", "imported")
    .option("--name <slug>", "what the files are called (default: the config's name, or its folder's)")
    .option("--model <slug>", "the model that the prompts name (default: after the first provider)")
    .option("--strict", "end with 1 when something could not be taken over")
    .addHelpText("after", HELP)
    .action((file: string, options: PromptfooOptions) => runImport(cli, file, options));
  return groupCommand("import", "take over what other tools have", [promptfoo]);
}

async function runImport(cli: Cli, file: string, options: PromptfooOptions): Promise<void> {
  const { out, tenant, name, model } = options;
  const imported = await importPromptfoo(file, { out, tenant, name, model });
  show(cli, options, {
    schema: "import-promptfoo",
    data: imported,
    text: () => {
      for (const path of imported.files) cli.out.line(`+ ${path}`);
      cli.out.line(`${imported.cases} cases.`);
      for (const { place, message } of imported.notes) cli.out.line(`! ${place}: ${message}`);
    },
  });
  if (options.strict === true && imported.notes.length > 0) cli.exitCode = EXIT_CODE.couldNotRun;
}
