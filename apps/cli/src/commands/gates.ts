import type { Gate, GatePolicy } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";

interface GatesOptions extends SessionOptions, JsonOption {
  suite: string;
  suiteVersion?: number;
  datasetVersion?: number;
}

const SET_HELP = `
The policy is the \`gate:\` block of the suite version, and evidence must be of the cases of the dataset version. Both
stay as they are until the gate is set again, which adopts newer ones. The label is protected from then on.

Example:
  assay gates set support-triage production --suite support-triage
`;

export function buildGates(cli: Cli): Command {
  const set = tenantCommand("set <prompt> <label>")
    .description("protect a label by a suite's gate")
    .requiredOption("--suite <slug>", "whose gate it is")
    .option("--suite-version <n>", "which version of it (default: the newest)", parseCount)
    .option("--dataset-version <n>", "whose cases evidence must be of (default: the newest)", parseCount)
    .addHelpText("after", SET_HELP)
    .action((prompt: string, label: string, options: GatesOptions) =>
      withClient(cli, options, async (client) => {
        const { suite, suiteVersion, datasetVersion } = options;
        const gate = await client.setGate({ prompt, label, suite, suiteVersion, datasetVersion });
        show(cli, options, { schema: "gate", data: { gate }, text: () => printGates(cli, [gate]) });
        return EXIT_CODE.passed;
      }),
    );
  const list = tenantCommand("list <prompt>")
    .description("the gates of a prompt")
    .action((prompt: string, options: GatesOptions) =>
      withClient(cli, options, async (client) => {
        const { items } = await client.listGates({ prompt });
        show(cli, options, { schema: "gates", data: { items }, text: () => printGates(cli, items) });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("gates", "what a version must show before a label may move", [set, list]);
}

function printGates(cli: Cli, gates: readonly Gate[]): void {
  const rows = gates.map(({ label, suite, suiteVersion, dataset, datasetVersion, policy }) => [
    label,
    `${suite}@${suiteVersion}`,
    `${dataset}@${datasetVersion}`,
    policyText(policy),
  ]);
  cli.out.table(["label", "suite", "cases", "policy"], rows);
}

function policyText({ label: _, ...clauses }: GatePolicy): string {
  return Object.entries(clauses)
    .map(([clause, bound]) => `${clause} ${typeof bound === "object" ? JSON.stringify(bound) : bound}`)
    .join(", ");
}
