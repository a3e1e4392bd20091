import type { Label, Run } from "@assay/core";

type ChosenRun = Pick<Run, "id" | "prompt" | "promptVersion" | "createdAt">;
/** A prompt's labels, as far as they are known. */
type LabelsOf = ReadonlyMap<string, readonly Pick<Label, "name" | "version">[]>;

const PRODUCTION = "production";

/**
 * Runs as they are compared: first the one that the others are held against. That is the version in use, by
 * `production` and else by any label; where none is in use, the oldest run. The others follow from old to new.
 */
export function baseFirst<T extends ChosenRun>(runs: readonly T[], labelsOf: LabelsOf): T[] {
  const oldestFirst = runs.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  const rankOf = (run: T) => {
    const names = labelsHolding(run, labelsOf);
    return names.includes(PRODUCTION) ? 0 : names.length > 0 ? 1 : 2;
  };
  const [base] = oldestFirst.toSorted((one, other) => rankOf(one) - rankOf(other));
  return base === undefined ? [] : [base, ...oldestFirst.filter((run) => run !== base)];
}

/** The labels that mean the version of a run. */
export function labelsHolding(
  { prompt, promptVersion }: Pick<ChosenRun, "prompt" | "promptVersion">,
  labelsOf: LabelsOf,
): string[] {
  const labels = labelsOf.get(prompt) ?? [];
  return labels.filter(({ version }) => version === promptVersion).map(({ name }) => name);
}
