import {
  AppError,
  type ChatMessage,
  invariant,
  notFound,
  type PromptContent,
  type RunCase,
} from "@assay/core";
import { renderPrompt } from "@assay/evaluator";
import {
  findCaseRow,
  findRunParts,
  listResultsOfCase,
  nameRuns,
  type RunRow,
  type TenantTx,
} from "@assay/store";
import type { Context } from "../context.ts";
import type { VerbInput } from "../verb.ts";
import { requireRun } from "./get-run.ts";
import { viewResult } from "./run-view.ts";

/**
 * One case of a run with everything that explains its score. The messages are rendered anew: a version and a case
 * never change, so they are those that were sent.
 * @throws AppError `not_found` for a run or a case that the run's dataset version does not have
 */
export async function getRunCase(context: Context, input: VerbInput<"getRunCase">): Promise<RunCase> {
  return await context.tenant.read(async (tx) => {
    const run = await requireRun(context, tx, input.runId);
    const parts = await findRunParts(tx, run);
    invariant(parts !== undefined, "a run's parts cannot be removed before it");
    const found = await findCaseRow(tx, run.datasetVersionId, input.key);
    if (found === undefined) throw notFound("case");
    const testCase = found.body;
    const { rows, isCut } = await listResultsOfCase(tx, run.id, found.position);
    return {
      case: testCase,
      ...rendered(parts.promptVersion.content, testCase),
      results: rows.map(viewResult),
      hasMoreRepeats: isCut,
      against: await loadAgainst(context, tx, { run, ...input }),
    };
  });
}

function rendered(
  content: PromptContent,
  testCase: RunCase["case"],
): { messages: ChatMessage[] | null; problem: string | null } {
  try {
    return { messages: renderPrompt(content, testCase), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { messages: null, problem: error.message };
  }
}

async function loadAgainst(
  context: Context,
  tx: TenantTx,
  { run, key, against }: { run: RunRow; key: string; against?: string | undefined },
): Promise<RunCase["against"]> {
  const runId = against ?? run.baselineRunId;
  if (runId === null) return null;
  const other = await requireRun(context, tx, runId);
  const found = await findCaseRow(tx, other.datasetVersionId, key);
  const names = (await nameRuns(tx, [other])).get(other.id);
  if (found === undefined || names === undefined) return null;
  const { rows } = await listResultsOfCase(tx, other.id, found.position);
  if (rows.length === 0) return null;
  const { prompt, promptVersion } = names;
  return { runId: other.id, prompt, promptVersion, results: rows.map(viewResult) };
}
