import type { Run, RunDraft } from "@assay/core";

/** A run that follows from another. */
export interface FollowUp {
  name: "retryErrors" | "runTheRest" | "onlyNotPassed" | "scoreAgain" | "again";
  draft: RunDraft;
}

/**
 * What makes sense after a run. Answers that are there are used again, so that retrying errors or running the rest asks
 * the model only for what is missing.
 */
export function followUpsOf(run: Run): FollowUp[] {
  const isEnded = run.status !== "queued" && run.status !== "running";
  if (!isEnded) return [];
  const same: RunDraft = {
    suite: run.suite,
    suiteVersion: run.suiteVersion,
    datasetVersion: run.datasetVersion,
    version: run.promptVersion,
    ...(run.selection !== null && { selection: run.selection }),
  };
  const { summary } = run;
  const errors = (summary?.failed ?? 0) + (summary?.notScored ?? 0);
  const isCut = run.stoppedEarly || run.progress.done < run.progress.total;
  const found: FollowUp[] = [];
  if (errors > 0) found.push({ name: "retryErrors", draft: same });
  if (isCut) found.push({ name: "runTheRest", draft: { ...same, stopEarly: false } });
  if (summary !== null && summary.passed < summary.cases) {
    const { selection: _, ...whole } = same;
    found.push({ name: "onlyNotPassed", draft: { ...whole, selection: { failingIn: run.id } } });
  }
  if (run.status === "completed" && !run.stoppedEarly) {
    found.push({ name: "scoreAgain", draft: { suite: run.suite, rescoreOf: run.id } });
  }
  if (found.every(({ name }) => name !== "retryErrors" && name !== "runTheRest"))
    found.push({ name: "again", draft: same });
  return found;
}
