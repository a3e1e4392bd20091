import type { RunResult, VerdictClause } from "@assay/core";
import junit, { type Builder, type TestCase, type TestSuite } from "junit-report-builder";
import { expectedOf, isPassed, outcomeOf, outputOf, shortfallOf } from "../eval/eval-report.ts";
import { partSentence } from "../eval/part-sentence.ts";
import type { FinishedSuite, SuiteReport } from "../eval/report-schema.ts";
import { printable } from "../printable.ts";

// The package's types describe an ES module; what Node loads is CommonJS, whose whole export is the builder.
const builder = junit as unknown as Builder;

/**
 * JUnit XML: one suite of tests per suite file, a test per clause of the gate and per case. Where the gate passed,
 * cases below the mark are reported as skipped: the gate has decided, and the build must not be red beside it.
 */
export function reportJunit(reports: readonly SuiteReport[]): string {
  const document = builder.newBuilder();
  for (const report of reports) {
    const tests = document.testSuite().name(xmlText(report.suite));
    if (report.status === "could_not_run") {
      const details = [report.message, ...report.details].join("\n");
      tests.testCase().className(xmlText(report.suite)).name("could not run").error(xmlText(details));
    } else if (report.status === "skipped") {
      tests.testCase().className(xmlText(report.suite)).name("gate").skipped();
    } else addFinished(tests, report);
  }
  return `${document.build()}\n`;
}

function addFinished(tests: TestSuite, report: FinishedSuite): void {
  const { run, results } = report;
  tests.property("run", run.id);
  tests.property("version", `${run.prompt}@${run.promptVersion}`);
  tests.property("dataset", `${run.dataset}@${run.datasetVersion}`);
  const part = partSentence(report);
  if (part !== undefined) tests.property("part", part);
  const name = `${report.suite}.gate`;
  for (const clause of run.verdict?.clauses ?? []) addClause(tests.testCase().className(name), clause);
  // Whether the label could move decides the exit code too; an approval that is missing is no fault of the version.
  const open = (report.promotion?.clauses ?? []).filter((clause) => clause.outcome !== "pass");
  for (const clause of open.filter((one) => one.clause !== "approval")) {
    addClause(tests.testCase().className(`${report.suite}.promotion`), clause);
  }
  if (run.status !== "completed") {
    tests
      .testCase()
      .className(report.suite)
      .name("run")
      .error(xmlText(run.error ?? `The run ${run.status}.`));
  }
  const isDecided = outcomeOf(report) === "passed";
  for (const result of results) {
    addResult({ test: tests.testCase().className(report.suite), result, report, isDecided });
  }
}

function addClause(test: TestCase, clause: VerdictClause): void {
  test.name(clause.clause);
  if (clause.outcome !== "pass") test.failure(xmlText(clause.message), clause.outcome);
}

function addResult(entry: {
  test: TestCase;
  result: RunResult;
  report: FinishedSuite;
  isDecided: boolean;
}): void {
  const { test, result, report, isDecided } = entry;
  test.name(xmlText(result.repeat === 0 ? result.caseKey : `${result.caseKey} (repeat ${result.repeat})`));
  if (result.latencyMs !== null) test.time(result.latencyMs / 1_000);
  if (isPassed(result)) return;

  const reason = xmlText(shortfallOf(result));
  if (isDecided) test.skipped();
  else if (result.outcome.status === "failed") test.error(reason);
  else test.failure(reason);
  const expected = expectedOf(report.cases[result.caseKey]);
  const output = outputOf(result);
  const lines = [
    reason,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(output === undefined ? [] : [`got: ${output}`]),
  ];
  test.standardOutput(xmlText(lines.join("\n")));
}

/** The library closes a CDATA section at the second `]]>` of a text, and writes lone surrogates as they are. */
function xmlText(text: string): string {
  return printable(text.toWellFormed()).replaceAll("]]>", "]] >");
}
