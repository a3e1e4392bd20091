import type { Client } from "@assay/client";
import { type Command, Option } from "commander";
import { type Cli, withClient } from "../cli.ts";
import { UsageError } from "../cli-error.ts";
import { deliverReports } from "../eval/deliver-reports.ts";
import { overallOutcome } from "../eval/eval-report.ts";
import { judgePullRequest } from "../eval/judge-pull-request.ts";
import { loadSuite, tenantOfSuite } from "../eval/load-suite.ts";
import type { SuiteReport } from "../eval/report-schema.ts";
import { parseReporter, REPORTER_NAMES, type ReporterUse, reporterUses } from "../eval/reporter-option.ts";
import { addRunOptions, type RunOptions, requireWhole, runDraftOf } from "../eval/run-options.ts";
import { runSuite } from "../eval/run-suite.ts";
import { type RunSuite, runSuites } from "../eval/run-suites.ts";
import { type WatchWork, watchSuites } from "../eval/watch-suites.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { tenantCommand } from "../shared-options.ts";

interface EvalOptions extends SessionOptions, RunOptions {
  version?: number;
  label?: string;
  promptFile?: string;
  reporter?: ReporterUse[];
  out?: string;
  json?: boolean;
  pullRequest?: boolean;
  all?: boolean;
  watch?: boolean;
}

/** How many cases a report shows with what they asked and expected: a page has room for more than a terminal. */
const SHOWN_CASES_MAX = 40;
const PAGE_CASES_MAX = 1_000;

const HELP = `
A suite file (evals/<tenant>/<name>.yaml) names a prompt, a dataset, scorers and a gate. Its dataset, when it is a
file, is imported first. The version judged is, unless an option says otherwise, the content of
prompts/<tenant>/<prompt>.yaml beside evals/, added as a version; without that file, the latest version.

With a gate the gate decides: failing and inconclusive both end with 100. Without one every case must pass.

Examples:
  assay eval evals/airline/support-triage.yaml --local
  assay eval evals/airline/*.yaml --reporter junit=report.xml --reporter html=report.html
  assay eval evals/airline/support-triage.yaml --prompt-file prompts/airline/support-triage.worse.yaml
  assay eval evals/airline/support-triage.yaml --label production --json
  assay eval evals/airline/*.yaml --pull-request --reporter markdown=comment.md
  assay eval evals/airline/support-triage.yaml --watch
  assay eval evals/airline/support-triage.yaml --tag refunds --sample 50:1
  assay eval evals/airline/support-triage.yaml --budget 0.50 --stop-early
`;

export function buildEval(cli: Cli): Command {
  return addRunOptions(evalCommand())
    .addHelpText("after", HELP)
    .action((paths: string[], options: EvalOptions) => evaluate(cli, paths, options));
}

function evalCommand(): Command {
  return tenantCommand("eval <suites...>")
    .description("run suite files and hold the results against their gates")
    .addOption(
      new Option("--version <n>", "judge this version")
        .argParser(parseCount)
        .conflicts(["label", "promptFile"]),
    )
    .addOption(new Option("--label <name>", "judge the version this label points to").conflicts("promptFile"))
    .option("--prompt-file <file>", "judge the content of this file, added as a version")
    .option(
      "--reporter <name[=file]>",
      `a form of the report, on stdout or in a file; may be repeated: ${REPORTER_NAMES.join(", ")}`,
      parseReporter,
    )
    .option("--out <file>", "where the one --reporter writes, with the pretty form on the terminal")
    .addOption(
      new Option(
        "--pull-request",
        "judge the working tree's prompts by the gates in force, and move nothing",
      ).conflicts(["version", "label", "promptFile"]),
    )
    .option("--all", "with --pull-request: also prompts that the label holds already")
    .addOption(
      new Option("--watch", "evaluate again whenever a suite, prompt, partial or dataset changes").conflicts(
        "json",
      ),
    );
}

async function evaluate(cli: Cli, paths: readonly string[], options: EvalOptions): Promise<void> {
  const uses = reporterUses(options);
  if (options.all === true && options.pullRequest !== true)
    throw new UsageError("--all belongs to --pull-request.");
  if (options.pullRequest === true) requireWhole(options);
  const load = () => Promise.all(paths.map(loadSuite));
  const suites = options.watch === true ? [] : await load();
  const tenant = options.tenant ?? (options.local === true ? commonTenant(paths) : undefined);
  const session = tenant === undefined ? options : { ...options, tenant };
  await withClient(cli, session, async (client) => {
    const run = runnerOf(client, { ...options, isCi: cli.io.environment.isCi }, uses);
    const stop = cli.io.onInterrupt();
    const show = (reports: readonly SuiteReport[]) => {
      decide(cli, reports);
      return deliverReports(cli, reports, uses);
    };
    if (options.watch === true) {
      const runAll: WatchWork["run"] = (loaded, signal) => runSuites(cli, loaded, { signal, run });
      await watchSuites(cli, { paths, load, run: runAll, show }, stop);
    } else await show(await runSuites(cli, suites, { signal: stop, run }));
    return undefined;
  });
}

/** How one suite is judged. */
function runnerOf(
  client: Client,
  options: EvalOptions & { isCi: boolean },
  uses: readonly ReporterUse[],
): RunSuite {
  const { version, label, promptFile, pullRequest, all, isCi } = options;
  const isPageWanted = uses.some(({ name }) => name === "html");
  const casesMax = isPageWanted ? PAGE_CASES_MAX : SHOWN_CASES_MAX;
  if (pullRequest === true) {
    return (suite, means) =>
      judgePullRequest(client, suite, { ...means, casesMax, isSkipping: all !== true });
  }
  const choice = { version, label, promptFile };
  return (suite, means) =>
    runSuite(client, suite, { ...means, choice, casesMax, draft: runDraftOf(suite, options, isCi) });
}

const EXIT_CODE_OF = {
  passed: EXIT_CODE.passed,
  failed: EXIT_CODE.failed,
  could_not_run: EXIT_CODE.couldNotRun,
} as const;

/** Before anything is reported: what fails after this is not the verdict. */
function decide(cli: Cli, reports: readonly SuiteReport[]): void {
  cli.exitCode = EXIT_CODE_OF[overallOutcome(reports)];
  cli.isDecided = true;
}

function commonTenant(paths: readonly string[]): string | undefined {
  const tenants = new Set(paths.map(tenantOfSuite));
  if (tenants.size > 1) {
    throw new UsageError(`These suites belong to ${[...tenants].join(" and ")}: run one tenant's at a time.`);
  }
  return [...tenants][0];
}
