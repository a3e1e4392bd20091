import { setImmediate as nextTurn } from "node:timers/promises";
import { type Case, invariant, LIMITS, type MetricScore } from "@assay/core";
import {
  type AnnotationQueueRow,
  assertOutsideWrite,
  listCaseRows,
  listResultRows,
  type ResultRow,
  type RunRow,
  type TenantStore,
} from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { VerbInput } from "../verb.ts";
import { passedBy } from "./judge-identity.ts";

type Input = VerbInput<"fillAnnotationQueue">;
type ReadTx = Parameters<Parameters<TenantStore["read"]>[0]>[0];

const CASES_PER_PAGE = 100;

/** Where outputs of a queue come from. */
export interface OutputSource {
  queue: AnnotationQueueRow;
  run: RunRow;
  /** Null where the queue checks no judge. */
  judgeSha256: string | null;
  /** Outputs that people labelled before, when only those are wanted. */
  labelled: ReadonlySet<string> | null;
  rankOf(place: { position: number; repeat: number }): string;
}

export interface FillableOutput {
  position: number;
  repeat: number;
  subjectSha256: string;
  /** What the judge said of it; null where none is checked. */
  judgePassed: boolean | null;
  /** By chance. */
  rank: string;
}

/** The outputs that may be added; numbers and hashes only, so that a large run fits into memory. */
export async function readFillable(
  tenant: TenantStore,
  source: OutputSource,
  input: Input,
): Promise<{ outputs: FillableOutput[]; unjudged: number }> {
  assertOutsideWrite();
  const judged = { outputs: [] as FillableOutput[], unjudged: 0 };
  const { run } = source;
  let after: number | undefined;
  for (;;) {
    const page = { ...(after !== undefined && { after }), limit: CASES_PER_PAGE };
    const { cases, results } = await tenant.read(async (tx) => {
      const rows = await listCaseRows(tx, run.datasetVersionId, page);
      return { cases: rows, results: await resultsOf(tx, run.id, rows) };
    });
    const last = cases.at(-1);
    if (last === undefined) return judged;
    after = last.position;
    const bodies = new Map(cases.map(({ position, body }) => [position, body]));
    for (const row of results) {
      const testCase = bodies.get(row.position);
      invariant(testCase !== undefined, "a result is of a case");
      take(judged, { row, testCase }, { source, input });
    }
  }
}

async function resultsOf(tx: ReadTx, runId: string, cases: readonly { position: number }[]) {
  const [first, last] = [cases[0], cases.at(-1)];
  const results: ResultRow[] = [];
  if (first === undefined || last === undefined) return results;
  let after: { position: number; repeat: number } = {
    position: first.position - 1,
    repeat: LIMITS.repeatsMax,
  };
  for (;;) {
    const rows = await listResultRows(tx, { runId, after, limit: CASES_PER_PAGE });
    const ofPage = rows.filter(({ position }) => position <= last.position);
    results.push(...ofPage);
    const next = ofPage.at(-1);
    if (next === undefined || ofPage.length < rows.length) return results;
    after = { position: next.position, repeat: next.repeat };
    await nextTurn();
  }
}

function take(
  judged: { outputs: FillableOutput[]; unjudged: number },
  { row, testCase }: { row: ResultRow; testCase: Case },
  { source, input }: { source: OutputSource; input: Input },
): void {
  const { outcome, position, repeat, tags } = row;
  if (input.tags !== undefined && !input.tags.some((tag) => tags.includes(tag))) return;
  const { metric: asked, instructions } = source.queue;
  const metrics = outcome.status === "failed" ? [] : outcome.metrics;
  const judgePassed = asked === null ? null : verdictOf(metrics, asked);
  if (outcome.status === "failed" || judgePassed === undefined) {
    judged.unjudged += 1;
    return;
  }
  if (input.draw === "disagreements" && !isDisputed(metrics, asked, judgePassed)) return;
  const { variables = null, messages = null, expected = null } = testCase;
  const { output, toolCalls = [] } = outcome;
  const about = { variables, messages, expected, output, toolCalls };
  const subjectSha256 = contentHash({ question: { metric: asked, instructions }, about });
  if (source.labelled !== null && !source.labelled.has(subjectSha256)) return;
  const rank = source.rankOf({ position, repeat });
  judged.outputs.push({ position, repeat, subjectSha256, judgePassed, rank });
}

function verdictOf(metrics: readonly MetricScore[], name: string): boolean | undefined {
  const metric = metrics.find((each) => each.name === name);
  return metric && passedBy(metric);
}

/** Does another metric say otherwise? */
function isDisputed(metrics: readonly MetricScore[], judge: string | null, passed: boolean | null): boolean {
  return metrics.some((metric) => {
    const other = passedBy(metric);
    return metric.name !== judge && other !== undefined && other !== passed;
  });
}
