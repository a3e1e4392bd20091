import { allPages } from "@assay/client";
import { LIMITS } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError } from "../cli-error.ts";
import { collect } from "../collect.ts";
import { datasetFile } from "../eval/load-suite.ts";
import { pushDataset } from "../eval/push-dataset.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface DatasetsOptions extends SessionOptions, JsonOption {
  name?: string;
  version?: number;
}

const PUSH_HELP = `
A file replaces what the dataset holds; cases of the version before that it does not have are named.
All rows or none: a refused import lists what is wrong, row by row. Rows that are already the newest version add none.

Example:
  assay datasets push cases/airline-support.jsonl
`;

export function buildDatasets(cli: Cli): Command {
  const push = tenantCommand("push <file>")
    .description("import a .jsonl or .csv file as the next version of a dataset")
    .option("--name <slug>", "the dataset (default: the file's name)")
    .addHelpText("after", PUSH_HELP)
    .action((path: string, options: DatasetsOptions) =>
      withClient(cli, options, async (client) => {
        const { created, version, dropped } = await pushDataset(client, datasetFile(path, options.name));
        if (dropped !== undefined) cli.out.note(dropped);
        show(cli, options, {
          schema: "dataset-push",
          data: { created, version },
          text: () => {
            const name = `${version.dataset}@${version.version}`;
            cli.out.line(
              `${created ? "+" : "="} ${name}: ${version.caseCount} cases${created ? "" : " (unchanged)"}`,
            );
          },
        });
        return EXIT_CODE.passed;
      }),
    );
  const list = tenantCommand("list")
    .description("the tenant's datasets")
    .action((options: DatasetsOptions) =>
      withClient(cli, options, async (client) => {
        const items = await collect(allPages((cursor) => client.listDatasets({ cursor })));
        const rows = items.map(({ slug, latestVersion, description }) => [slug, latestVersion, description]);
        const text = () => cli.out.table(["dataset", "version", "description"], rows);
        show(cli, options, { schema: "datasets", data: { items }, text });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("datasets", "cases to judge prompts by", [push, buildPull(cli), list]);
}

const PULL_HELP = `
One case a line, as \`datasets push\` reads them. Cases that came from traces are among them.

Example:
  assay datasets pull airline-support > cases/airline-support.jsonl
`;

function buildPull(cli: Cli): Command {
  return tenantCommand("pull <dataset>")
    .description("write the cases of a dataset version as .jsonl")
    .option("--version <n>", "which version (default: the newest)", parseCount)
    .addHelpText("after", PULL_HELP)
    .action((dataset: string, options: DatasetsOptions) =>
      withClient(cli, options, async (client) => {
        const version = options.version ?? (await client.getDataset({ dataset })).latestVersion;
        if (version === null) throw new FileError(`The dataset "${dataset}" has no version yet.`);
        const limit = LIMITS.pageSizeMax;
        const pages = allPages((cursor) => client.listCases({ dataset, version, cursor, limit }));
        const items = await collect(pages);
        const text = () => cli.out.document(items.map((item) => `${JSON.stringify(item)}\n`).join(""));
        show(cli, options, { schema: "dataset-cases", data: { dataset, version, items }, text });
        return EXIT_CODE.passed;
      }),
    );
}
