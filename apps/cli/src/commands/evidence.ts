import { allPages } from "@assay/client";
import type { Evidence } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { tenantCommand } from "../shared-options.ts";
import { OUTCOME_MARK } from "../verdict-lines.ts";
import { versionArgument } from "../version-argument.ts";

interface EvidenceOptions extends SessionOptions, JsonOption {}

const HELP = `
A run is evidence while everything it depended on is as it was. What changed since is named below each stale run.

Examples:
  assay evidence support-triage 3
  assay evidence support-triage latest --json
`;

export function buildEvidence(cli: Cli): Command {
  return tenantCommand("evidence <prompt> <version>")
    .description("the finished runs of a version, and what made any of them stale")
    .addHelpText("after", HELP)
    .action((prompt: string, text: string, options: EvidenceOptions) =>
      withClient(cli, options, async (client) => {
        const version = await versionArgument(client, prompt, { text, what: "<version>" });
        const items: Evidence[] = [];
        for await (const item of allPages((cursor) => client.listEvidence({ prompt, version, cursor }))) {
          items.push(item);
        }
        show(cli, options, {
          schema: "evidence",
          data: { prompt, version, items },
          text: () => printEvidence(cli, `${prompt}@${version}`, items),
        });
        return EXIT_CODE.passed;
      }),
    );
}

function printEvidence(cli: Cli, name: string, items: readonly Evidence[]): void {
  if (items.length === 0) cli.out.line(`No run of ${name} has finished yet.`);
  for (const { runId, suite, finishedAt, isCurrent, reasons, verdict } of items) {
    const judged = verdict === null ? "no gate" : `${OUTCOME_MARK[verdict.outcome]} ${verdict.outcome}`;
    cli.out.line(`${runId}  ${suite}  ${finishedAt}  ${judged}  ${isCurrent ? "current" : "stale"}`);
    for (const reason of reasons) cli.out.line(`  ${reason}`);
  }
}
