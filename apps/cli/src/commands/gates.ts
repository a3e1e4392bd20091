import { allPages } from "@assay/client";
import type { Gate, GateChange, GatePolicy } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { FileError } from "../cli-error.ts";
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
  const about = "what a version must show before a label may move";
  return groupCommand("gates", about, [set, list, buildShow(cli), buildHistory(cli)]);
}

function buildShow(cli: Cli): Command {
  return tenantCommand("show <prompt> <label>")
    .description("one gate, clause by clause in words")
    .action((prompt: string, label: string, options: GatesOptions) =>
      withClient(cli, options, async (client) => {
        const { items } = await client.listGates({ prompt });
        const gate = items.find((each) => each.label === label);
        if (gate === undefined)
          throw new FileError(`${prompt}@${label} has no gate: anybody who may promote moves it.`);
        show(cli, options, {
          schema: "gate",
          data: { gate },
          text: () => {
            const { suite, suiteVersion, dataset, datasetVersion } = gate;
            cli.out.line(
              `${prompt}@${label} is protected by suite ${suite}@${suiteVersion} on ${dataset}@${datasetVersion}.`,
            );
            for (const sentence of gate.explanation) cli.out.line(`  ${sentence}`);
          },
        });
        return EXIT_CODE.passed;
      }),
    );
}

function buildHistory(cli: Cli): Command {
  return tenantCommand("history <prompt> <label>")
    .description("who set or removed a gate, when and to what, newest first")
    .action((prompt: string, label: string, options: GatesOptions) =>
      withClient(cli, options, async (client) => {
        const items: GateChange[] = [];
        for await (const item of allPages((cursor) => client.listGateChanges({ prompt, label, cursor }))) {
          items.push(item);
        }
        show(cli, options, { schema: "gate-history", data: { items }, text: () => printHistory(cli, items) });
        return EXIT_CODE.passed;
      }),
    );
}

function printHistory(cli: Cli, items: readonly GateChange[]): void {
  const at = (name: string | null, version: number | null) =>
    name === null ? null : `${name}@${version ?? "?"}`;
  const rows = items.map((item) => [
    item.changedAt,
    item.changedBy,
    item.change,
    at(item.suite, item.suiteVersion),
    at(item.dataset, item.datasetVersion),
    item.policy === null ? null : policyText(item.policy),
  ]);
  cli.out.table(["when", "who", "change", "suite", "cases", "policy"], rows);
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
