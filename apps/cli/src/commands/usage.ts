import type { UsageRow } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { formatCost } from "../eval/eval-report.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseExpiry } from "../parse-expiry.ts";
import { tenantCommand } from "../shared-options.ts";

interface UsageOptions extends SessionOptions, JsonOption {
  since?: string;
  until?: string;
}

export function buildUsage(cli: Cli): Command {
  return tenantCommand("usage")
    .description(
      "requests, tokens and cost by key, version and model, of requests served, of the playground and of evaluations",
    )
    .option("--since <time>", "from this ISO time on")
    .option("--until <time>", "up to this ISO time")
    .addHelpText("after", "\nExample:\n  assay usage --since 2026-01-01\n")
    .action((options: UsageOptions) =>
      withClient(cli, options, async (client) => {
        const { rows } = await client.getUsage({
          since: timeOf(options.since),
          until: timeOf(options.until),
        });
        show(cli, options, { schema: "usage", data: { rows }, text: () => printUsage(cli, rows) });
        return EXIT_CODE.passed;
      }),
    );
}

function timeOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : parseExpiry(text, Date.now());
}

function printUsage(cli: Cli, rows: readonly UsageRow[]): void {
  const cells = rows.map((row) => [
    row.kind,
    row.keyId,
    row.prompt === null ? null : `${row.prompt}@${row.promptVersion}`,
    row.model,
    row.requests,
    row.failedRequests,
    row.promptTokens,
    row.completionTokens,
    formatCost(row.costMicros),
  ]);
  cli.out.table(
    ["kind", "key", "version", "model", "requests", "failed", "tokens in", "tokens out", "cost"],
    cells,
  );
}
