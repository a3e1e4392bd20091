import { AppError, type LabelStanding, type Verdict } from "@assay/core";
import type { Context } from "../../context.ts";
import { findPrompt } from "../../registry/find-prompt.ts";
import { listLabels } from "../list-labels.ts";
import { resolveLabel } from "../resolve-label.ts";

export const PRODUCTION = { prompt: "triage", label: "production", dryRun: false } as const;

/** The refusal that a verb ends with. */
export async function refusalOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error("expected a refusal", { cause: error });
  return error;
}

export function verdictOf({ details }: AppError): Verdict {
  return (details as { verdict: Verdict }).verdict;
}

export function clauseOf(refusal: AppError, name: string) {
  return verdictOf(refusal).clauses.find(({ clause }) => clause === name);
}

/** The number that `production` means at this moment, as serving resolves it. */
export async function servedVersion(context: Context): Promise<number> {
  return await context.tenant.read(async (tx) => {
    const { id: promptId } = await findPrompt(context, tx, "triage");
    const at = { promptId, label: "production", now: context.platform.now() };
    return (await resolveLabel(tx, at)).version;
  });
}

export async function standingOf(context: Context): Promise<LabelStanding | undefined> {
  const { items } = await listLabels(context, { prompt: "triage" });
  return items.find(({ name }) => name === "production")?.standing;
}
