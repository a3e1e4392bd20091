import { AppError, type ScorerKind, type ScorerUse } from "@assay/core";
import type { Scorer } from "./define-scorer.ts";
import { SCORERS } from "./scorers/index.ts";

const byType = new Map(SCORERS.map((scorer) => [scorer.type, scorer]));

export function findScorer(type: string): Scorer | undefined {
  return byType.get(type);
}

/** The uses of scorers of one kind; a type that there is not is none. */
export function usesOfKind(uses: readonly ScorerUse[], kind: ScorerKind): ScorerUse[] {
  return uses.filter(({ type }) => findScorer(type)?.kind === kind);
}

/** Does one of the scorers need the tokens' log probabilities, so that the model is asked for them? */
export function asksLogprobs(uses: readonly ScorerUse[]): boolean {
  return uses.some(({ type }) => findScorer(type)?.needsLogprobs === true);
}

/** Does one of the scorers ask anything, a judge say, instead of looking at the output alone? */
export function asksOthers(uses: readonly ScorerUse[]): boolean {
  return uses.some(({ type }) => findScorer(type)?.kind !== "deterministic");
}

/** What a metric is called in results: the name its use gives it, or else its scorer's type. */
export function metricName(use: Pick<ScorerUse, "name" | "type">): string {
  return use.name ?? use.type;
}

/** Refuses uses with an unknown type, wrong options or a name twice. Throws `invalid_input` with `problems`. */
export function checkScorers(uses: readonly ScorerUse[]): void {
  const problems = uses.flatMap((use, index) => [...problemsOfUse(use), ...nameProblems(uses, index)]);
  if (!uses.some(({ weight }) => weight > 0))
    problems.push("Every weight is 0: at least one scorer must count.");
  if (problems.length > 0) throw new AppError("invalid_input", problems.join(" "), { problems });
}

/** The options with defaults filled in; `uses` must have passed `checkScorers`. */
export function parseOptions(scorer: Scorer, use: ScorerUse): unknown {
  let options = parsedOptions.get(use);
  if (options === undefined) {
    options = scorer.options.parse(use.options);
    parsedOptions.set(use, options);
  }
  return options;
}

/** A use is the same for every case of a run; what was parsed of it goes when it goes. */
const parsedOptions = new WeakMap<ScorerUse, unknown>();

function problemsOfUse(use: ScorerUse): string[] {
  const scorer = findScorer(use.type);
  if (scorer === undefined) {
    return [`There is no scorer "${use.type}"; there are ${[...byType.keys()].join(", ")}.`];
  }
  const options = scorer.options.safeParse(use.options);
  return options.success
    ? []
    : options.error.issues.map(
        ({ path, message }) => `Scorer ${metricName(use)}: ${["options", ...path].join(".")}: ${message}.`,
      );
}

function nameProblems(uses: readonly ScorerUse[], index: number): string[] {
  const name = uses[index] === undefined ? "" : metricName(uses[index]);
  const isRepeated = uses.slice(0, index).some((earlier) => metricName(earlier) === name);
  return isRepeated ? [`Two scorers are called "${name}"; give one a name.`] : [];
}
