import { allPages } from "@assay/client";
import { type ChangeRequest, type ChangeRequestDetails, ChangeStatus, STALE_APPROVALS } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { printDiffLine } from "../print-diff-line.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";
import { clauseLine } from "../verdict-lines.ts";
import { versionArgument } from "../version-argument.ts";

interface ChangesOptions extends SessionOptions, JsonOption {
  to: string;
  title: string;
  description?: string;
  prompt?: string;
  status?: ChangeStatus;
  reason: string;
}

const PROPOSE_HELP = `
Nothing moves by a proposal. Once it is approved, \`assay promote\` carries it out.

Example:
  assay changes propose support-triage production --to 3 --title "Shorter answers"
`;

export function buildChanges(cli: Cli): Command {
  const children = [buildPropose(cli), buildList(cli), buildShow(cli), ...buildDecisions(cli)];
  return groupCommand("changes", "propose that a label moves, and decide on proposals", children);
}

function buildPropose(cli: Cli): Command {
  return tenantCommand("propose <prompt> <label>")
    .description("propose that a label moves to a version")
    .requiredOption("--to <version>", "a version's number, or `latest`")
    .requiredOption("--title <text>", "what it is about, in a line")
    .option("--description <text>", "why")
    .addHelpText("after", PROPOSE_HELP)
    .action((prompt: string, label: string, options: ChangesOptions) =>
      withClient(cli, options, async (client) => {
        const version = await versionArgument(client, prompt, { text: options.to, what: "--to" });
        const { title, description } = options;
        const change = await client.proposeChange({ prompt, label, version, title, description });
        const text = () => cli.out.line(`${change.id}: ${changeLine(change)}`);
        show(cli, options, { schema: "change", data: { change }, text });
        return EXIT_CODE.passed;
      }),
    );
}

function buildList(cli: Cli): Command {
  return tenantCommand("list")
    .description("change requests, newest first")
    .option("--prompt <slug>", "only of this prompt")
    .addOption(new Option("--status <status>", "only these").choices(ChangeStatus.options))
    .action((options: ChangesOptions) =>
      withClient(cli, options, async (client) => {
        const { prompt, status } = options;
        const items: ChangeRequest[] = [];
        for await (const item of allPages((cursor) => client.listChanges({ prompt, status, cursor }))) {
          items.push(item);
        }
        const rows = items.map((item) => [
          item.id,
          item.status,
          changeLine(item),
          item.title,
          item.proposedBy,
        ]);
        const text = () => cli.out.table(["id", "status", "change", "title", "proposed by"], rows);
        show(cli, options, { schema: "changes", data: { items }, text });
        return EXIT_CODE.passed;
      }),
    );
}

function buildShow(cli: Cli): Command {
  return tenantCommand("show <id>")
    .description("one change request: difference, evidence and what the gate says to it now")
    .action((changeId: string, options: ChangesOptions) =>
      withClient(cli, options, async (client) => {
        const change = await client.getChange({ changeId });
        show(cli, options, { schema: "change", data: { change }, text: () => printDetails(cli, change) });
        return EXIT_CODE.passed;
      }),
    );
}

function buildDecisions(cli: Cli): Command[] {
  const approve = tenantCommand("approve <id>")
    .description("approve a change that passes its gate; its promotion may follow")
    .option("--reason <text>", "why, for the audit trail");
  const reject = tenantCommand("reject <id>")
    .description("reject a change, also after its approval")
    .requiredOption("--reason <text>", "why, for the audit trail");
  const withdraw = tenantCommand("withdraw <id>")
    .description("take back what this key proposed")
    .requiredOption("--reason <text>", "why, for the audit trail");
  const verbs = [
    [approve, "approveChange"],
    [reject, "rejectChange"],
    [withdraw, "withdrawChange"],
  ] as const;
  return verbs.map(([command, verb]) =>
    command.action((changeId: string, options: ChangesOptions) =>
      withClient(cli, options, async (client) => {
        const change = await client[verb]({ changeId, reason: options.reason });
        const text = () => cli.out.line(`${change.id} is ${change.status}: ${changeLine(change)}`);
        show(cli, options, { schema: "change", data: { change }, text });
        return EXIT_CODE.passed;
      }),
    ),
  );
}

function changeLine({ prompt, label, fromVersion, toVersion }: ChangeRequest): string {
  return `${prompt}@${label} from ${fromVersion === null ? "nothing" : `version ${fromVersion}`} to version ${toVersion}`;
}

function printDetails(cli: Cli, change: ChangeRequestDetails): void {
  const { out } = cli;
  out.line(`${change.id} (${change.status}): ${changeLine(change)}`);
  out.line(`  ${change.title}`);
  if (change.description !== "") out.line(`  ${change.description}`);
  out.line(`  proposed by ${change.proposedBy}, written by ${change.writtenBy ?? "an unknown key"}`);
  if (change.decidedBy !== null)
    out.line(`  decided by ${change.decidedBy}: ${change.reason ?? "no reason given"}`);
  if (change.staleApproval !== null) out.line(`  ! ${STALE_APPROVALS[change.staleApproval]}`);
  for (const line of change.diff.messages) printDiffLine(out, line);
  for (const { member, before, after } of change.diff.members) {
    out.line(`    ${member}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
  }
  for (const { runId, isCurrent, reasons } of change.evidence) {
    out.line(`  run ${runId}: ${isCurrent ? "current" : `stale. ${reasons.join(" ")}`}`);
  }
  for (const clause of change.verdict?.clauses ?? []) out.line(`  ${clauseLine(clause)}`);
}
