import { allPages } from "@assay/client";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { collect } from "../collect.ts";
import { datasetFile } from "../eval/load-suite.ts";
import { pushDataset } from "../eval/push-dataset.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface DatasetsOptions extends SessionOptions, JsonOption {
  name?: string;
}

const PUSH_HELP = `
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
        const { created, version } = await pushDataset(client, datasetFile(path, options.name));
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
  return groupCommand("datasets", "cases to judge prompts by", [push, list]);
}
