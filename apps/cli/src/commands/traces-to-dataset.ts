import type { CaseMapping, CasesFromTraces } from "@assay/core";
import { PiiKind } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { expectedOf, inputOf } from "../eval/eval-report.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseList } from "../parse-option.ts";
import { printableLine } from "../printable.ts";
import { tenantCommand } from "../shared-options.ts";

interface AddOptions extends SessionOptions, JsonOption {
  variables: string[];
  messages: CaseMapping["messages"];
  expected: CaseMapping["expected"];
  groupBy?: string;
  tags?: string[];
  redact: string[];
  yes?: boolean;
}

const HELP = `
Shows the cases first; --yes adds them as the dataset's next version. Personal data and secrets that can be recognised
are replaced (${PiiKind.options.join(", ")}); names and addresses are not recognised, so look before you add.

Example:
  assay traces add-to-dataset support-tickets trc_0199… trc_019a… --tags production --yes
`;

export function buildAddToDataset(cli: Cli): Command {
  return tenantCommand("add-to-dataset <dataset> <traces...>")
    .description("make cases of requests whose texts are kept")
    .option("--variables <list>", "`all`, `none` or names", parseList, ["all"])
    .addOption(
      new Option("--messages <which>", "of the caller").choices(["all", "last", "none"]).default("all"),
    )
    .addOption(
      new Option("--expected <what>", "feedback: its correction, or the answer that all found good")
        .choices(["none", "output", "correction", "feedback"])
        .default("feedback"),
    )
    .option("--group-by <variable>", "cases with the same value of it are not independent")
    .option("--tags <list>", "tags of the cases", parseList)
    .option("--redact <list>", "`all`, `none` or kinds", parseList, ["all"])
    .option("--yes", "add them")
    .addHelpText("after", HELP)
    .action((dataset: string, traces: string[], options: AddOptions) =>
      withClient(cli, options, async (client) => {
        const made = await client.addCasesFromTraces({
          dataset,
          traces,
          mapping: {
            variables: variablesOf(options.variables),
            messages: options.messages,
            expected: options.expected,
            groupByVariable: options.groupBy,
          },
          tags: options.tags,
          redact: redactOf(options.redact),
          preview: options.yes !== true,
        });
        show(cli, options, { schema: "cases-from-traces", data: made, text: () => printCases(cli, made) });
        return EXIT_CODE.passed;
      }),
    );
}

function variablesOf(names: string[]): CaseMapping["variables"] {
  const [only] = names;
  return names.length === 1 && (only === "all" || only === "none") ? only : names;
}

function redactOf(names: readonly string[]): "all" | PiiKind[] {
  const [only] = names;
  if (names.length === 1 && only === "all") return only;
  if (names.length === 1 && only === "none") return [];
  return names.map((name) => {
    const kind = PiiKind.safeParse(name);
    if (!kind.success)
      throw new UsageError(`"${name}" is not one of ${PiiKind.options.join(", ")}, all, none.`);
    return kind.data;
  });
}

function printCases(cli: Cli, { cases, redactions, skipped, imported }: CasesFromTraces): void {
  cli.out.table(
    ["case", "input", "expected", "replaced"],
    cases.map((each) => [
      each.key,
      printableLine(inputOf(each) ?? "", 60),
      printableLine(expectedOf(each) ?? "", 40),
      redactions
        .filter(({ caseKey }) => caseKey === each.key)
        .map(({ path, placeholder }) => `${placeholder} in ${path}`)
        .join(", "),
    ]),
  );
  for (const { traceId, reason } of skipped) cli.out.line(`left out ${traceId}: ${reason}`);
  cli.out.line(
    imported === null
      ? `${cases.length} cases would be added; --yes adds them.`
      : `+ ${imported.version.dataset}@${imported.version.version}: ${imported.version.caseCount} cases, ${cases.length} of them new`,
  );
}
