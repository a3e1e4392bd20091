import { AppError, notFound, type RunDraft } from "@assay/core";
import {
  findPromptBySlug,
  findPromptVersion,
  type PromptVersionRow,
  type SuiteVersionRow,
  type TenantTx,
} from "@assay/store";
import { requireLabelAccess, requirePromptAccess } from "../confinement.ts";
import type { Context } from "../context.ts";
import { LATEST, resolveLabel } from "../promotion/resolve-label.ts";
import { type EvidenceParts, withModelAndJudges } from "./evidence-hashes.ts";
import { findCases } from "./find-cases.ts";
import { findSuite } from "./find-suite.ts";
import { requireBoundedCost } from "./require-bounded-cost.ts";
import { requireSameOutputs } from "./require-same-outputs.ts";
import type { RunScope } from "./run-scope.ts";

/**
 * What a run of a draft would be of.
 * @param lock hold the prompt's row until the commit
 * @throws AppError for what is not there, and for options that the version or the suite cannot bear
 */
export async function findRunnable(
  context: Context,
  tx: TenantTx,
  { scope, lock }: { scope: RunScope; lock: boolean },
): Promise<EvidenceParts> {
  const { draft } = scope;
  if (draft.version !== undefined && draft.label !== undefined) {
    throw new AppError("invalid_input", "Name the version by its number or by a label, not by both.");
  }
  const suiteVersion = await findSuite(tx, draft);
  requirePromptAccess(context, suiteVersion.spec.prompt);
  const promptVersion = await findVersion(context, tx, { suiteVersion, draft, lock });
  const datasetVersion = await findCases(tx, { suiteVersion, number: draft.datasetVersion });
  const parts = await withModelAndJudges(context.platform, tx, {
    promptVersion,
    suiteVersion,
    datasetVersion,
  });
  requireRunnable(parts, scope);
  return parts;
}

/** What the options of a draft ask of the version and the suite. */
function requireRunnable(parts: EvidenceParts, { draft, source }: RunScope): void {
  if (source !== null) requireSameOutputs(parts, source);
  if (draft.budgetMicros !== undefined) requireBoundedCost(parts, source);
  if (draft.stopEarly === true && parts.suiteVersion.spec.gate === undefined) {
    throw new AppError(
      "invalid_input",
      "Without a gate there is nothing to stop early for; give the suite a gate.",
    );
  }
  if (draft.stopEarly === true && (draft.selection !== undefined || source !== null)) {
    throw new AppError(
      "invalid_input",
      "Only a run of the whole dataset that asks the model can stop early.",
    );
  }
}

async function findVersion(
  context: Context,
  tx: TenantTx,
  { suiteVersion, draft, lock }: { suiteVersion: SuiteVersionRow; draft: RunDraft; lock: boolean },
): Promise<PromptVersionRow> {
  const prompt = await findPromptBySlug(tx, suiteVersion.spec.prompt, lock);
  if (prompt === undefined) throw notFound("prompt");
  const { labels } = context.caller;
  if (labels !== null && draft.label === undefined) {
    throw new AppError("scope_missing", "This key is confined to labels; name the version by one of them.");
  }
  if (draft.version !== undefined) {
    const version = await findPromptVersion(tx, prompt.id, draft.version);
    if (version === undefined) throw notFound("version");
    return version;
  }
  if (draft.label !== undefined) requireLabelAccess(context, draft.label);
  const now = context.platform.now();
  return await resolveLabel(tx, { promptId: prompt.id, label: draft.label ?? LATEST, now });
}
