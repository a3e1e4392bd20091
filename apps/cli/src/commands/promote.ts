import type { Client } from "@assay/client";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseExpiry } from "../parse-expiry.ts";
import { parseCount } from "../parse-option.ts";
import { tenantCommand } from "../shared-options.ts";
import { clauseLine } from "../verdict-lines.ts";
import { versionArgument } from "../version-argument.ts";

interface PromoteOptions extends SessionOptions, JsonOption {
  to: string;
  expect?: number;
  dryRun?: boolean;
  override?: boolean;
  reason?: string;
  expires?: string;
}

const HELP = `
A protected label moves only on current passing evidence; otherwise the refusal lists every clause (exit code 100).

Examples:
  assay promote support-triage production --to latest
  assay promote support-triage production --to 3 --dry-run
  assay promote support-triage production --to 3 --override --reason "INC-4711: version 2 leaks" --expires 4h
`;

export function buildPromote(cli: Cli): Command {
  return tenantCommand("promote <prompt> <label>")
    .description("move a label to a version, through its gate")
    .requiredOption("--to <version>", "a version's number, or `latest`")
    .option("--expect <n>", "only if the label is at this version now", parseCount)
    .option("--dry-run", "say what would happen and change nothing")
    .option("--override", "break-glass: move without evidence (needs --reason, --expires and the scope)")
    .option("--reason <text>", "why, for the audit trail")
    .option("--expires <time>", "when the override ends: 30m, 4h, 2d or an ISO time")
    .addHelpText("after", HELP)
    .action((prompt: string, label: string, options: PromoteOptions) =>
      promote(cli, { prompt, label }, options),
    );
}

async function promote(
  cli: Cli,
  target: { prompt: string; label: string },
  options: PromoteOptions,
): Promise<void> {
  const override = overrideOf(options);
  await withClient(cli, options, async (client) => {
    const version = await versionArgument(client, target.prompt, { text: options.to, what: "--to" });
    const moved = await client.moveLabel({
      ...target,
      version,
      dryRun: options.dryRun === true,
      expectedVersion: options.expect,
      ...override,
    });
    const wouldPass = moved.verdict === null || moved.verdict.outcome === "pass" || override !== undefined;
    show(cli, options, {
      schema: "promote",
      data: moved,
      text: () => {
        for (const clause of moved.verdict?.clauses ?? []) cli.out.line(`  ${clauseLine(clause)}`);
        cli.out.line(
          `${target.prompt}@${target.label} ${outcomeOf(moved, { version, wouldPass })} version ${version}.`,
        );
      },
    });
    return wouldPass ? EXIT_CODE.passed : EXIT_CODE.failed;
  });
}

/** A move that was carried out and changed nothing found its label where it was to go, as a dry run can as well. */
function outcomeOf(
  { moved, label }: Awaited<ReturnType<Client["moveLabel"]>>,
  { version, wouldPass }: { version: number; wouldPass: boolean },
): string {
  if (moved) return "is now";
  if (!wouldPass) return "would not move to";
  return label?.version === version ? "is already" : "would move to";
}

function overrideOf({ override, reason, expires }: PromoteOptions) {
  if (override !== true) {
    if (reason !== undefined || expires !== undefined) {
      throw new UsageError("--reason and --expires belong to --override.");
    }
    return undefined;
  }
  if (reason === undefined || expires === undefined) {
    throw new UsageError("--override needs --reason and --expires.");
  }
  return { override: { reason, expiresAt: parseExpiry(expires, Date.now()) } };
}
