import type { ClauseOutcome, GatePolicy, Verdict, VerdictClause } from "@assay/core";
import type { CaseScores } from "./case-tallies.ts";
import { type KeyedScore, pairedDifference } from "./statistics/paired-difference.ts";
import { scoreInterval } from "./summarize-run.ts";

/** A bound met to the last digits is met. */
const EPSILON = 1e-9;

/** How many cases a message names. */
const NAMED_MAX = 5;

export interface GateInput {
  policy: GatePolicy;
  candidate: readonly CaseScores[];
  /** The cases of the incumbent's run; null when the label has no version yet, or that version has no run. */
  incumbent: readonly CaseScores[] | null;
  /** The version that the label points to; null when it points nowhere. */
  incumbentVersion: number | null;
}

/**
 * Holds a run against a policy. Every clause of the policy is decided, with the number found and its bound. The
 * verdict fails when a clause fails, else is inconclusive when one is, else passes. The same input gives the same
 * verdict, to the last character.
 */
export function decideGate(input: GateInput): Verdict {
  const { minScore, maxRegression, noFlips } = input.policy;
  const clauses = [decideMinCases(input), decideMaxErrors(input)];
  if (minScore !== undefined) clauses.push(decideMinScore(input, minScore));
  if (noFlips.length > 0) clauses.push(decideNoFlips(input));
  if (maxRegression !== undefined) clauses.push(decideMaxRegression(input, maxRegression));
  return { outcome: worst(clauses), clauses };
}

function worst(clauses: readonly VerdictClause[]): ClauseOutcome {
  const outcomes = new Set(clauses.map(({ outcome }) => outcome));
  if (outcomes.has("fail")) return "fail";
  return outcomes.has("inconclusive") ? "inconclusive" : "pass";
}

function decideMinCases({ policy, candidate }: GateInput): VerdictClause {
  const value = candidate.filter(({ score }) => score !== null).length;
  const bound = policy.minCases;
  const about = { clause: "minCases", value, bound } as const;
  if (value >= bound)
    return { ...about, outcome: "pass", message: `${value} cases were scored; ${bound} are asked for.` };
  const message = `Not enough cases: ${value} of ${bound}. Add cases or lower minCases.`;
  return { ...about, outcome: "inconclusive", message };
}

function decideMaxErrors({ policy, candidate }: GateInput): VerdictClause {
  const failed = candidate.reduce((sum, one) => sum + one.failed, 0);
  const notScored = candidate.reduce((sum, one) => sum + one.notScored, 0);
  const value = failed + notScored;
  const bound = policy.maxErrors;
  const found = `${failed} results failed and ${notScored} were not scored; ${bound} of both together are allowed.`;
  const keys = namesOf(candidate.filter((one) => one.failed + one.notScored > 0));
  return value <= bound
    ? { clause: "maxErrors", outcome: "pass", value, bound, message: found }
    : { clause: "maxErrors", outcome: "fail", value, bound, message: `${found} Look at ${keys}.` };
}

function decideMinScore(
  { candidate }: GateInput,
  minScore: NonNullable<GatePolicy["minScore"]>,
): VerdictClause {
  const { mean, lower, upper } = scoreInterval(candidate);
  const bound = minScore.score;
  const value = minScore.on === "mean" ? mean : lower;
  const about = { clause: "minScore", value, bound } as const;
  if (mean === null || value === null || upper === null) {
    const outcome = minScore.on === "mean" && mean !== null ? compare(mean, bound) : "inconclusive";
    const message = "There are too few independent scored cases for an interval. Add cases.";
    return { ...about, outcome, message };
  }
  const found = `Mean score ${show(mean)}, 95 % interval ${show(lower)} to ${show(upper)}`;
  const asked = minScore.on === "mean" ? "the mean" : "the lower bound";
  const sentence = `${found}; ${asked} must be at least ${show(bound)}.`;
  if (value >= bound - EPSILON) return { ...about, outcome: "pass", message: sentence };
  if (minScore.on === "mean" || upper < bound - EPSILON)
    return { ...about, outcome: "fail", message: sentence };
  const message = `${sentence} Not enough cases to tell. Add cases or improve the version.`;
  return { ...about, outcome: "inconclusive", message };
}

function compare(value: number, bound: number): ClauseOutcome {
  return value >= bound - EPSILON ? "pass" : "fail";
}

function decideNoFlips({ policy, candidate, incumbent, incumbentVersion }: GateInput): VerdictClause {
  const tags = policy.noFlips.join(", ");
  const about = { clause: "noFlips", value: null, bound: 0 } as const;
  if (incumbent === null) return withoutIncumbent(about, incumbentVersion);
  const isTagged = ({ tags: has }: CaseScores) => has.some((tag) => policy.noFlips.includes(tag));
  const tagged = candidate.filter(isTagged);
  if (tagged.length === 0) {
    const message = `No case of the run has a tag of noFlips (${tags}). Tag the cases that must not flip.`;
    return { ...about, outcome: "inconclusive", message };
  }
  const incumbentByKey = new Map(incumbent.map((one) => [one.caseKey, one]));
  const compared = tagged.filter(({ caseKey }) => incumbentByKey.has(caseKey));
  const flips = compared.filter(
    ({ caseKey, passed }) => !passed && incumbentByKey.get(caseKey)?.passed === true,
  );
  const value = flips.length;
  const found = `${value} of ${compared.length} cases tagged ${tags} pass with version ${incumbentVersion} and not with this one`;
  const dropped = droppedSentence(tagged.length - compared.length);
  return value === 0
    ? { ...about, value, outcome: "pass", message: `${found}.${dropped}` }
    : { ...about, value, outcome: "fail", message: `${found}: ${namesOf(flips)}.${dropped}` };
}

function decideMaxRegression(
  { candidate, incumbent, incumbentVersion }: GateInput,
  margin: number,
): VerdictClause {
  const about = { clause: "maxRegression", value: null, bound: -margin } as const;
  if (incumbent === null) return withoutIncumbent(about, incumbentVersion);
  const { difference, pairs, unpaired } = pairedDifference(scoredOf(candidate), scoredOf(incumbent));
  const { mean, lower, upper } = difference;
  if (mean === null || lower === null || upper === null) {
    const message = `Only ${pairs} cases are scored with both this version and version ${incumbentVersion}. Add cases.`;
    return { ...about, value: lower, outcome: "inconclusive", message };
  }
  const found = `On ${pairs} common cases the score changes by ${signed(mean)} from version ${incumbentVersion}, 95 % interval ${signed(lower)} to ${signed(upper)}`;
  const sentence = `${found}; the lower bound must be at least ${signed(-margin)}.${droppedSentence(unpaired)}`;
  if (lower >= -margin - EPSILON) return { ...about, value: lower, outcome: "pass", message: sentence };
  if (upper < -margin - EPSILON) return { ...about, value: lower, outcome: "fail", message: sentence };
  const message = `${sentence} Not enough cases to tell. Add cases or allow more.`;
  return { ...about, value: lower, outcome: "inconclusive", message };
}

function withoutIncumbent(
  about: Omit<VerdictClause, "outcome" | "message">,
  incumbentVersion: number | null,
): VerdictClause {
  if (incumbentVersion === null) {
    return { ...about, outcome: "pass", message: "The label has no version yet: nothing to regress from." };
  }
  const message = `There are no scores of version ${incumbentVersion} to compare with. Run the suite on version ${incumbentVersion}.`;
  return { ...about, outcome: "inconclusive", message };
}

function scoredOf(cases: readonly CaseScores[]): KeyedScore[] {
  return cases.flatMap(({ caseKey, score, group }) => (score === null ? [] : [{ caseKey, score, group }]));
}

function droppedSentence(count: number): string {
  return count === 0 ? "" : ` ${count} cases scored on one side only were left out.`;
}

function namesOf(cases: readonly CaseScores[]): string {
  const names = cases.slice(0, NAMED_MAX).map(({ caseKey }) => caseKey);
  const more = cases.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

function show(value: number | null): string {
  return value === null ? "unknown" : value.toFixed(4);
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(4)}`;
}
