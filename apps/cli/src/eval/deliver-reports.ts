import { writeFile } from "node:fs/promises";
import type { Cli } from "../cli.ts";
import { REPORTERS, type Reporter } from "../reporters/index.ts";
import { printPretty } from "../reporters/print-pretty.ts";
import type { SuiteReport } from "./report-schema.ts";
import type { ReporterUse } from "./reporter-option.ts";

/**
 * Writes an evaluation in every form asked for; the pretty one goes to the terminal when nothing else does. A form
 * that cannot be written is said on stderr and keeps neither the others nor the exit code from being what they are.
 */
export async function deliverReports(
  cli: Cli,
  reports: readonly SuiteReport[],
  uses: readonly ReporterUse[],
): Promise<void> {
  const isTerminalFree = uses.every(({ file }) => file !== undefined);
  for (const use of isTerminalFree ? [{ name: "pretty" as const, file: undefined }, ...uses] : uses) {
    const { name, file } = use;
    try {
      const reporter = name === "pretty" ? undefined : await REPORTERS[name]();
      await deliver(cli, reports, { file, reporter });
      if (file !== undefined) cli.out.note(`The ${name} report is in ${file}.`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      cli.out.note(`assay: the ${name} report could not be written: ${reason}`);
    }
  }
}

/** Without a reporter the pretty form. */
async function deliver(
  cli: Cli,
  reports: readonly SuiteReport[],
  { file, reporter }: { file: string | undefined; reporter: Reporter | undefined },
): Promise<void> {
  if (reporter === undefined) return printPretty(cli.out, reports);
  const document = reporter(reports);
  if (file === undefined) cli.out.document(document);
  else await writeFile(file, document);
}
