import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { findJudgeFiles } from "../prompt-files/judge-folder.ts";
import { readPromptFile } from "../prompt-files/prompt-file.ts";
import { putPromptVersion } from "../prompt-files/put-prompt-version.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface InstallOptions extends SessionOptions, JsonOption {
  model: string;
  dir?: string;
}

const INSTALL_HELP = `
Each becomes the prompt judge-<type>, which the scorer of that type asks unless its suite names another. A judge decides
nothing in a gate until people agree with it: see \`assay annotations\`. A small local model judges hardly better than
chance; take the best model you have.

Examples:
  assay judges install --model gpt
  assay judges install llm-rubric pairwise --model gpt
`;

export function buildJudges(cli: Cli): Command {
  const install = tenantCommand("install [types...]")
    .description("add the prompts of judges to the tenant, all of them or those named")
    .requiredOption("--model <slug>", "which model judges")
    .option("--dir <dir>", "where the prompt files are (default: prompts/judges)")
    .addHelpText("after", INSTALL_HELP)
    .action((types: string[], options: InstallOptions) => installJudges(cli, types, options));
  return groupCommand("judges", "prompts by which models judge answers", [install]);
}

async function installJudges(cli: Cli, types: readonly string[], options: InstallOptions): Promise<void> {
  const files = await findJudgeFiles(types, options.dir);
  await withClient(cli, options, async (client) => {
    const installed: { prompt: string; version: number | null; created: boolean }[] = [];
    for (const { type, path } of files) {
      const content = { ...(await readPromptFile(path)), model: options.model };
      const prompt = `judge-${type}`;
      const { version, created } = await putPromptVersion(client, prompt, content);
      installed.push({ prompt, version: version?.version ?? null, created });
    }
    show(cli, options, {
      schema: "judges-install",
      data: { installed },
      text: () => {
        for (const { prompt, version, created } of installed) {
          cli.out.line(`${created ? "+" : "="} ${prompt}@${version}${created ? "" : " (unchanged)"}`);
        }
      },
    });
    return EXIT_CODE.passed;
  });
}
