import { type Client, ClientError } from "@assay/client";
import { type Command, Option } from "commander";
import { type Cli, withClient } from "../cli.ts";
import { FileError, InterruptedError, UsageError } from "../cli-error.ts";
import { detailLines } from "../detail-lines.ts";
import { deliverReports } from "../eval/deliver-reports.ts";
import { overallOutcome } from "../eval/eval-report.ts";
import { type LoadedSuite, loadSuite, tenantOfSuite } from "../eval/load-suite.ts";
import { createProgress } from "../eval/progress.ts";
import type { SuiteReport } from "../eval/report-schema.ts";
import { parseReporter, REPORTER_NAMES, type ReporterUse, reporterUses } from "../eval/reporter-option.ts";
import { runSuite } from "../eval/run-suite.ts";
import { EXIT_CODE } from "../exit-code.ts";
import type { SessionOptions } from "../open-session.ts";
import { parseCount } from "../parse-option.ts";
import { tenantCommand } from "../shared-options.ts";

interface EvalOptions extends SessionOptions {
  version?: number;
  label?: string;
  promptFile?: string;
  reporter?: ReporterUse[];
  out?: string;
  json?: boolean;
}

/** How many cases a report for people shows with what they asked and expected. */
const SHOWN_CASES_MAX = 40;

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
`;

export function buildEval(cli: Cli): Command {
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
    .addHelpText("after", HELP)
    .action((paths: string[], options: EvalOptions) => evaluate(cli, paths, options));
}

async function evaluate(cli: Cli, paths: readonly string[], options: EvalOptions): Promise<void> {
  const uses = reporterUses(options);
  const suites = await Promise.all(paths.map(loadSuite));
  const tenant = options.tenant ?? (options.local === true ? commonTenant(paths) : undefined);
  const session = tenant === undefined ? options : { ...options, tenant };
  await withClient(cli, session, async (client) => {
    const reports = await runSuites(cli, client, { suites, options });
    decide(cli, reports);
    await deliverReports(cli, reports, uses);
    return undefined;
  });
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

/** One suite after the other; one that cannot run is reported and does not keep the others from running. */
async function runSuites(
  cli: Cli,
  client: Client,
  work: { suites: readonly LoadedSuite[]; options: EvalOptions },
): Promise<SuiteReport[]> {
  const { version, label, promptFile } = work.options;
  const signal = cli.io.onInterrupt();
  const progress = createProgress(cli.out.stderr, Date.now);
  const reports: SuiteReport[] = [];
  for (const suite of work.suites) {
    try {
      const choice = { version, label, promptFile };
      const casesMax = SHOWN_CASES_MAX;
      reports.push(await runSuite(client, suite, { choice, signal, onProgress: progress.update, casesMax }));
    } catch (error) {
      reports.push(failureOf(suite, error));
    } finally {
      progress.clear();
    }
  }
  return reports;
}

function failureOf(suite: LoadedSuite, error: unknown): SuiteReport {
  if (error instanceof InterruptedError) throw error;
  if (!(error instanceof ClientError) && !(error instanceof FileError)) throw error;
  const details = error instanceof ClientError ? detailLines(error.details) : [];
  return { status: "could_not_run", file: suite.path, suite: suite.slug, message: error.message, details };
}
