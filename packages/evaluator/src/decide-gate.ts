import type { GatePolicy, Verdict, VerdictClause, VerdictOutcome } from "@assay/core";
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
  /** The cases of the incumbent's run; null when the label holds no other version, or that version has no run. */
  incumbent: readonly CaseScores[] | null;
  /** The other version that the label holds; null when it holds none, or the candidate itself. */
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

function worst(clauses: readonly VerdictClause[]): VerdictOutcome {
  const outcomes = new Set(clauses.map(({ outcome }) => outcome));
  if (outcomes.has("fail")) return "fail";
  return outcomes.has("inconclusive") || outcomes.has("suspended") ? "inconclusive" : "pass";
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

type MinScore = NonNullable<GatePolicy["minScore"]>;

function decideMinScore({ candidate }: GateInput, { score: bound, on }: MinScore): VerdictClause {
  const { mean, lower, upper } = scoreInterval(candidate);
  const about = { clause: "minScore", value: on === "mean" ? mean : lower, bound } as const;
  if (mean === null) return { ...about, outcome: "inconclusive", message: "No case was scored." };
  const interval = lower === null ? "no interval" : `95 % interval ${show(lower)} to ${show(upper)}`;
  const asked = on === "mean" ? "the mean" : "the lower bound";
  const sentence = `Mean score ${show(mean)}, ${interval}; ${asked} must be at least ${show(bound)}.`;
  if (on === "mean")
    return { ...about, outcome: mean >= bound - EPSILON ? "pass" : "fail", message: sentence };
  if (lower !== null && lower >= bound - EPSILON) return { ...about, outcome: "pass", message: sentence };
  if (upper !== null && upper < bound - EPSILON) return { ...about, outcome: "fail", message: sentence };
  const message = `${sentence} Not enough cases to tell. Add cases or improve the version.`;
  return { ...about, outcome: "inconclusive", message };
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
  const sides = `pass with version ${incumbentVersion} and not with this one`;
  const found = `${value} of ${compared.length} cases tagged ${tags} ${sides}`;
  const dropped = droppedSentence(tagged.length + incumbent.filter(isTagged).length - 2 * compared.length);
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
    return {
      ...about,
      outcome: "pass",
      message: "The label holds no other version: there is nothing to regress from.",
    };
  }
  const message = `There are no scores of version ${incumbentVersion} to compare with. Run the suite on version ${incumbentVersion}.`;
  return { ...about, outcome: "inconclusive", message };
}

function scoredOf(cases: readonly CaseScores[]): KeyedScore[] {
  return cases.flatMap(({ caseKey, score, group }) => (score === null ? [] : [{ caseKey, score, group }]));
}

function droppedSentence(count: number): string {
  return count === 0 ? "" : ` ${count} cases known on one side only were left out.`;
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
