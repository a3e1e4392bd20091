import type { Client } from "@assay/client";
import type { Feedback, Trace, TraceContent, TraceDetail, TraceSettings } from "@assay/core";
import { TraceStatus } from "@assay/core";
import { type Command, Option } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { formatCost, formatScore } from "../eval/eval-report.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseExpiry } from "../parse-expiry.ts";
import { parseCount } from "../parse-option.ts";
import { printableLine } from "../printable.ts";
import { groupCommand, tenantCommand } from "../shared-options.ts";
import { buildAddToDataset } from "./traces-to-dataset.ts";

interface ListOptions extends SessionOptions, JsonOption {
  prompt?: string;
  version?: number;
  label?: string;
  status?: TraceStatus;
  since?: string;
  kept?: boolean;
  feedback?: boolean;
  minScore?: number;
  maxScore?: number;
  limit: number;
}

interface KeepOptions extends SessionOptions, JsonOption {
  share?: number;
  days?: number;
}

const KEEP_HELP = `
Nothing that users write is kept unless this says so. It holds for requests from now on.

Examples:
  assay traces keep support-triage --share 0.1 --days 14
  assay traces keep support-triage --share 0
  assay traces keep support-triage
`;

export function buildTraces(cli: Cli): Command {
  const list = tenantCommand("list")
    .description("served requests, newest first")
    .option("--prompt <slug>", "of this prompt")
    .option("--version <n>", "of this version of the prompt", parseCount)
    .option("--label <label>", "that named this label")
    .addOption(new Option("--status <status>", "that ended so").choices(TraceStatus.options))
    .option("--since <time>", "from this ISO time on")
    .option("--kept", "whose texts can be read")
    .option("--feedback", "that people gave feedback on")
    .option("--min-score <score>", "with feedback of at least this score", parseShare)
    .option("--max-score <score>", "with feedback of at most this score", parseShare)
    .option("--limit <n>", "so many at most", parseCount, 50)
    .action((options: ListOptions) =>
      withClient(cli, options, async (client) => {
        const items = await firstTraces(client, options);
        show(cli, options, { schema: "traces", data: { items }, text: () => printTraces(cli, items) });
        return EXIT_CODE.passed;
      }),
    );
  const showOne = tenantCommand("show <trace>")
    .description("one request: its numbers, its texts where they are kept, its feedback")
    .action((traceId: string, options: SessionOptions & JsonOption) =>
      withClient(cli, options, async (client) => {
        const trace = await client.getTrace({ traceId });
        const { items: feedback } = await client.listFeedback({ traceId });
        const text = () => printTrace(cli, trace, feedback);
        show(cli, options, { schema: "trace", data: { trace, feedback }, text });
        return EXIT_CODE.passed;
      }),
    );
  const keep = tenantCommand("keep <prompt>")
    .description("show or set what of a prompt's requests is kept")
    .option("--share <share>", "keep the texts of this share of requests, 0 to 1", parseShare)
    .option("--days <n>", "for so many days (default: 30)", parseCount)
    .addHelpText("after", KEEP_HELP)
    .action((prompt: string, options: KeepOptions) =>
      withClient(cli, options, async (client) => {
        const settings = await settingsOf(client, prompt, options);
        show(cli, options, {
          schema: "trace-settings",
          data: { settings },
          text: () => printSettings(cli, settings),
        });
        return EXIT_CODE.passed;
      }),
    );
  return groupCommand("traces", "served requests, and cases made of them", [
    list,
    showOne,
    keep,
    buildAddToDataset(cli),
  ]);
}

function parseShare(text: string): number {
  const share = Number(text);
  if (text.trim() === "" || !(share >= 0 && share <= 1))
    throw new UsageError(`"${text}" is not a number from 0 to 1.`);
  return share;
}

async function settingsOf(
  client: Client,
  prompt: string,
  { share, days }: KeepOptions,
): Promise<TraceSettings> {
  if (share === undefined) {
    if (days !== undefined) throw new UsageError("--days belongs to --share.");
    return await client.getTraceSettings({ prompt });
  }
  return await client.setTraceSettings({ prompt, sampleRate: share, retentionDays: days });
}

/** A page may be short and still go on. */
async function firstTraces(
  client: Client,
  { since, kept, feedback, ...options }: ListOptions,
): Promise<Trace[]> {
  const items: Trace[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTraces({
      prompt: options.prompt,
      version: options.version,
      label: options.label,
      status: options.status,
      since: since === undefined ? undefined : parseExpiry(since, Date.now()),
      hasContent: kept === true ? "true" : undefined,
      hasFeedback: feedback === true ? "true" : undefined,
      minScore: options.minScore,
      maxScore: options.maxScore,
      cursor,
    });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < options.limit);
  return items.slice(0, options.limit);
}

function printTraces(cli: Cli, traces: readonly Trace[]): void {
  const rows = traces.map((trace) => [
    trace.id,
    trace.createdAt,
    servedBy(trace),
    trace.failureCode ?? trace.status,
    trace.latencyMs.toFixed(0),
    formatCost(trace.costMicros),
    trace.hasContent ? "yes" : "no",
    trace.feedback.count === 0 ? "" : `${trace.feedback.count} (${formatScore(trace.feedback.meanScore)})`,
  ]);
  cli.out.table(["trace", "at", "version", "status", "ms", "cost", "texts", "feedback"], rows);
}

function servedBy({ prompt, promptVersion, label, model }: Trace): string {
  if (prompt === null) return model;
  return `${prompt}@${promptVersion}${label === null ? "" : ` (${label})`}`;
}

function printTrace(cli: Cli, trace: TraceDetail, feedback: readonly Feedback[]): void {
  printTraces(cli, [trace]);
  cli.out.line();
  if (trace.content === null) cli.out.line("Its texts are not kept.");
  else printContent(cli, trace.content);
  for (const { score, comment, correction } of feedback) {
    const parts = [
      score === null ? "" : formatScore(score),
      comment ?? "",
      correction === null ? "" : `should be: ${correction}`,
    ];
    cli.out.line(`feedback: ${printableLine(parts.filter((part) => part !== "").join(" · "), 500)}`);
  }
}

function printContent(cli: Cli, { variables, messages, output, toolCalls, expiresAt }: TraceContent): void {
  if (variables !== null) cli.out.line(`variables: ${JSON.stringify(variables)}`);
  for (const { role, content } of messages)
    cli.out.line(`${role}: ${typeof content === "string" ? content : JSON.stringify(content)}`);
  cli.out.line(`answer: ${output}`);
  for (const { function: called } of toolCalls) cli.out.line(`tool: ${called.name} ${called.arguments}`);
  cli.out.line(`kept until ${expiresAt}`);
}

function printSettings(cli: Cli, { prompt, sampleRate, retentionDays }: TraceSettings): void {
  cli.out.line(
    sampleRate === 0
      ? `${prompt}: nothing that users write is kept.`
      : `${prompt}: the texts of ${sampleRate * 100} % of requests are kept for ${retentionDays} days.`,
  );
}
