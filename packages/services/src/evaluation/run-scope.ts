import { AppError, type EvidenceHashes, invariant, type RunDraft, type RunSelection } from "@assay/core";
import { asksLogprobs } from "@assay/evaluator";
import { findRunParts, nameRuns, type RunRow, type TenantTx } from "@assay/store";
import { contentHash } from "../content-hash.ts";
import type { Context } from "../context.ts";
import { findCases } from "./find-cases.ts";
import { findSuite } from "./find-suite.ts";
import { gaveFirstAnswers, ranBesideAnother } from "./gave-first-answers.ts";
import { requireRun } from "./get-run.ts";
import { selectPositions } from "./select-positions.ts";

/** Which cases a run is of, and where their outputs come from. */
export interface RunScope {
  /** With the numbers of what was looked at, so that nothing newer takes its place meanwhile. */
  draft: RunDraft;
  selection: RunSelection | null;
  /** How many cases the selection has; undefined without one. */
  caseCount?: number;
  /** The run whose outputs are scored again. */
  source: RunRow | null;
  rescoreOf: string | null;
  /** Outputs that were not the first ones could have been chosen; their scores prove nothing. */
  isChosen: boolean;
}

/** @throws AppError `not_found`, `invalid_input` for a selection without cases or a run that cannot be scored again. */
export async function resolveScope(context: Context, tx: TenantTx, draft: RunDraft): Promise<RunScope> {
  if (draft.rescoreOf !== undefined)
    return await scopeOfSource(context, tx, { ...draft, rescoreOf: draft.rescoreOf });
  const whole = { draft, selection: null, source: null, rescoreOf: null, isChosen: false };
  const { selection } = draft;
  if (selection === undefined || Object.keys(selection).length === 0) return whole;
  const suiteVersion = await findSuite(tx, draft);
  const datasetVersion = await findCases(tx, { suiteVersion, number: draft.datasetVersion });
  await requireEnded(context, tx, selection);
  const positions = await selectPositions(tx, { datasetVersionId: datasetVersion.id, selection });
  if (positions.length === 0) {
    throw new AppError("invalid_input", "The selection has no case; widen it.", { param: "selection" });
  }
  const pinned = { ...draft, suiteVersion: suiteVersion.version, datasetVersion: datasetVersion.version };
  return { ...whole, draft: pinned, selection, caseCount: positions.length };
}

/** While a run goes on, the cases that fail in it are not known yet. */
async function requireEnded(context: Context, tx: TenantTx, { failingIn }: RunSelection): Promise<void> {
  if (failingIn === undefined) return;
  const { status } = await requireRun(context, tx, failingIn);
  if (status !== "queued" && status !== "running") return;
  throw new AppError("conflict", "The run whose failing cases are wanted is not finished; wait for it.");
}

async function scopeOfSource(
  context: Context,
  tx: TenantTx,
  draft: RunDraft & { rescoreOf: string },
): Promise<RunScope> {
  if (draft.selection !== undefined) {
    throw new AppError("invalid_input", "A run that is scored again keeps its own selection; leave it out.", {
      param: "selection",
    });
  }
  const source = await requireRun(context, tx, draft.rescoreOf);
  if (source.status !== "completed" || source.stoppedEarly) {
    throw new AppError("conflict", "Only a run that was completed, case by case, can be scored again.");
  }
  const parts = await findRunParts(tx, source);
  const names = (await nameRuns(tx, [source])).get(source.id);
  invariant(parts !== undefined && names !== undefined, "a run's parts cannot be removed before it");
  const { spec, version: suiteVersion } = await findSuite(tx, draft);
  if (spec.repeats > parts.suiteVersion.spec.repeats) {
    throw new AppError(
      "invalid_input",
      `The suite repeats each case ${spec.repeats} times, and the run to be scored again did so ${parts.suiteVersion.spec.repeats} times. Start a run that asks the model.`,
    );
  }
  const version =
    draft.version === undefined && draft.label === undefined ? names.promptVersion : draft.version;
  return {
    draft: {
      ...draft,
      suiteVersion,
      datasetVersion: draft.datasetVersion ?? names.datasetVersion,
      ...(version !== undefined && { version }),
    },
    selection: source.selection,
    caseCount: source.total / parts.suiteVersion.spec.repeats,
    source,
    rescoreOf: source.id,
    // Other requests are other draws: with log probabilities or without, each has answers of its own.
    isChosen:
      asksLogprobs(spec.scorers) !== asksLogprobs(parts.suiteVersion.spec.scorers) ||
      !(await gaveFirstAnswers(tx, source)) ||
      (await ranBesideAnother(tx, source)),
  };
}

/**
 * Hashes that say of what part the scores are and what made the outputs: of a run that is scored again, what made
 * them then, so that they are stale as soon as that is no longer what would make them today.
 */
export function scopedHashes(
  hashes: EvidenceHashes,
  { selection, source, isChosen }: RunScope,
): EvidenceHashes {
  if (source === null) return { ...hashes, selection: selection === null ? null : contentHash(selection) };
  const { promptVersion, model, adapter, engineBuild } = source.hashes;
  const part = isChosen ? contentHash({ rescoreOf: source.id }) : source.hashes.selection;
  return { ...hashes, promptVersion, model, adapter, engineBuild, selection: part };
}
