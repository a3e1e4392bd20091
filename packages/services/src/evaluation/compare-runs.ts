import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type ComparedDeltas,
  type ComparedRun,
  type Comparison,
  type Interval,
  invariant,
} from "@assay/core";
import {
  CaseIndex,
  PairedRuns,
  type ParetoStanding,
  paretoView,
  passShare,
  type RunColumns,
} from "@assay/evaluator";
import { nameRuns, type RunNames, type RunRow } from "@assay/store";
import type { Context } from "../context.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { VerbInput } from "../verb.ts";
import { type ComparedRuns, loadMetricColumns, requireComparedRuns } from "./compared-runs.ts";

/**
 * Runs beside each other, each against the first. Two runs are in memory at a time, as numbers; others are served in
 * between.
 * @throws AppError as `requireComparedRuns`
 */
export async function compareRuns(
  context: Context,
  { runs: ids }: VerbInput<"compareRuns">,
): Promise<Comparison> {
  const found = await context.tenant.read(async (tx) => {
    const compared = await requireComparedRuns(context, tx, ids);
    return { ...compared, names: await nameRuns(tx, compared.runs) };
  });
  const measured = await oneAtATime(context.tenant.tenantId, () => measureRuns(context, found));
  const standings = paretoView(measured.map(({ numbers }) => numbers));
  const [first] = found.runs;
  const baseline = first && found.names.get(first.id);
  invariant(baseline !== undefined, "a run's suite, version and dataset cannot be removed before it");
  return {
    dataset: baseline.dataset,
    datasetVersion: baseline.datasetVersion,
    runs: measured.map((each, at) => {
      const names = found.names.get(each.run.id);
      const standing = standings[at];
      invariant(names !== undefined && standing !== undefined, "every compared run has names and a standing");
      return viewComparedRun(each, { names, standing, runs: found.runs });
    }),
  };
}

interface RunNumbers {
  score: Interval;
  passShare: Interval;
  costPerCaseMicros: number | null;
  latencyP95Ms: number | null;
}

interface MeasuredRun {
  run: RunRow;
  numbers: RunNumbers;
  deltas: ComparedDeltas | null;
}

async function measureRuns(
  context: Context,
  { runs: [first, ...others], passesMinOf, datasetVersion }: ComparedRuns,
): Promise<MeasuredRun[]> {
  invariant(first !== undefined, "a comparison has a baseline");
  const index = new CaseIndex();
  const load = (run: RunRow) =>
    loadMetricColumns(context, run, {
      index,
      capacity: datasetVersion.caseCount,
      passesMin: passesMinOf.get(run.id),
    });
  const baseline = await load(first);
  const baselineNumbers = numbersOf(first, passShare(index, baseline));
  const measured: MeasuredRun[] = [{ run: first, numbers: baselineNumbers, deltas: null }];
  for (const run of others) {
    const columns = await load(run);
    const numbers = numbersOf(run, passShare(index, columns));
    const pair = new PairedRuns(index, { baseline, run: columns } satisfies Record<string, RunColumns>);
    measured.push({
      run,
      numbers,
      deltas: await deltasOf(pair, { baseline: baselineNumbers, run: numbers }),
    });
  }
  return measured;
}

function numbersOf(run: RunRow, share: Interval): RunNumbers {
  const { summary } = run;
  invariant(summary !== null, "a completed run has a summary");
  return {
    score: summary.score,
    passShare: share,
    costPerCaseMicros: summary.costMicros === null || run.done === 0 ? null : summary.costMicros / run.done,
    latencyP95Ms: summary.latencyP95Ms,
  };
}

async function deltasOf(
  pair: PairedRuns,
  numbers: { baseline: RunNumbers; run: RunNumbers },
): Promise<ComparedDeltas> {
  const metrics: ComparedDeltas["metrics"] = [];
  for (const name of pair.metricNames) {
    await nextTurn();
    metrics.push({ name, ...pair.metric(name) });
  }
  await nextTurn();
  const { baseline, run } = numbers;
  return {
    score: pair.score(),
    passShare: pair.passShare(),
    metrics,
    tags: pair.tags(),
    ...pair.flips(),
    costPerCaseMicros: minus(run.costPerCaseMicros, baseline.costPerCaseMicros),
    latencyP95Ms: minus(run.latencyP95Ms, baseline.latencyP95Ms),
  };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

function viewComparedRun(
  { run, numbers, deltas }: MeasuredRun,
  { names, standing, runs }: { names: RunNames; standing: ParetoStanding; runs: readonly RunRow[] },
): ComparedRun {
  invariant(run.summary !== null, "a completed run has a summary");
  return {
    runId: run.id,
    suite: names.suite,
    suiteVersion: names.suiteVersion,
    prompt: names.prompt,
    promptVersion: names.promptVersion,
    isPart: run.selection !== null || run.stoppedEarly,
    summary: run.summary,
    passShare: numbers.passShare,
    costPerCaseMicros: numbers.costPerCaseMicros,
    latencyP95Ms: numbers.latencyP95Ms,
    deltas,
    dominated: standing.dominated,
    dominatedBy: standing.dominatedBy.flatMap((at) => runs[at]?.id ?? []),
  };
}
