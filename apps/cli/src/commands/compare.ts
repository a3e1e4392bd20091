import type { ComparedCase, ComparedDelta, ComparedRun, Comparison } from "@assay/core";
import type { Command } from "commander";
import { type Cli, type JsonOption, show, withClient } from "../cli.ts";
import { formatInterval, formatScore } from "../eval/eval-report.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { printableLine } from "../printable.ts";
import { tenantCommand } from "../shared-options.ts";

interface CompareOptions extends SessionOptions, JsonOption {
  tag?: string;
}

/** How many cases a person reads; the API has all of them. */
const CASES_SHOWN = 20;

const HELP = `
The first run is the baseline. Intervals are 95 %; differences are over the cases that both runs have a score for.

Example:
  assay compare run_0199… run_019a…
`;

export function buildCompare(cli: Cli): Command {
  return tenantCommand("compare <run> <runs...>")
    .description("hold finished runs over the same cases against the first")
    .option("--tag <tag>", "list only cases with this tag")
    .addHelpText("after", HELP)
    .action((first: string, others: string[], options: CompareOptions) =>
      withClient(cli, options, async (client) => {
        const runs = [first, ...others].join(",");
        const comparison = await client.compareRuns({ runs });
        const { items: cases } = await client.listComparedCases({
          runs,
          tag: options.tag,
          limit: CASES_SHOWN,
        });
        show(cli, options, {
          schema: "comparison",
          data: { comparison, cases },
          text: () => {
            printRuns(cli, comparison);
            for (const run of comparison.runs.slice(1)) printDeltas(cli, run);
            printCases(cli, cases);
          },
        });
        return EXIT_CODE.passed;
      }),
    );
}

function printRuns(cli: Cli, { dataset, datasetVersion, runs }: Comparison): void {
  cli.out.line(`On ${dataset}@${datasetVersion}`);
  cli.out.table(
    ["run", "version", "score", "pass share", "cost per case", "p95 ms", "dominated"],
    runs.map((run) => [
      run.runId,
      `${run.prompt}@${run.promptVersion}${run.isPart ? " (a part)" : ""}`,
      formatInterval(run.summary.score),
      formatInterval(run.passShare),
      run.costPerCaseMicros === null ? "unknown" : (run.costPerCaseMicros / 1_000_000).toFixed(6),
      run.latencyP95Ms?.toFixed(0),
      run.dominated,
    ]),
  );
}

function printDeltas(cli: Cli, { runId, deltas }: ComparedRun): void {
  if (deltas === null) return;
  const row = (name: string, delta: ComparedDelta) => [name, formatDelta(delta), delta.pairs];
  cli.out.line();
  cli.out.line(`${runId} against the first: ${deltas.losses} cases lost, ${deltas.gains} gained`);
  cli.out.table(
    ["", "difference", "cases"],
    [
      row("score", deltas.score),
      row("pass share", deltas.passShare),
      ...deltas.metrics.map((metric) => row(metric.name, metric)),
      ...deltas.tags.map((tag) => row(`tag ${tag.tag}${tag.isNotable ? " *" : ""}`, tag)),
    ],
  );
  if (deltas.tags.some(({ isNotable }) => isNotable)) {
    cli.out.line("* stands out among all tags; 5 % of such marks are expected to be false");
  }
}

function formatDelta({ difference: { mean, lower, upper } }: ComparedDelta): string {
  if (mean === null) return "–";
  const bounds = lower === null || upper === null ? "" : ` [${signed(lower)}, ${signed(upper)}]`;
  return `${signed(mean)}${bounds}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(4)}`;
}

function printCases(cli: Cli, cases: readonly ComparedCase[]): void {
  const changed = cases.filter(({ change }) => change !== "same");
  if (changed.length === 0) return;
  cli.out.line();
  cli.out.table(
    ["change", "case", "scores", "answer of the last run"],
    changed.map(({ change, caseKey, outcomes }) => [
      change,
      caseKey,
      outcomes.map(({ score, status }) => (score === null ? status : formatScore(score))).join(" → "),
      printableLine(outcomes.at(-1)?.output ?? outcomes.at(-1)?.reason ?? "", 60),
    ]),
  );
}
