import type { VerdictClause } from "@assay/core";
import type { CaseScores } from "../case-tallies.ts";
import { completeCases } from "./early-order.ts";
import type { GateInput } from "./gate-input.ts";
import { withoutIncumbent } from "./without-incumbent.ts";
import { droppedSentence, listedCases, namesOf } from "./wording.ts";

export function decideNoFlips(input: GateInput): VerdictClause {
  const { policy, incumbent, incumbentVersion, stoppedEarly } = input;
  const tags = policy.noFlips.join(", ");
  const against = incumbentVersion !== null && { incumbentVersion };
  const about = { clause: "noFlips", ...against, value: null, bound: 0 } as const;
  if (incumbent === null) return withoutIncumbent(about, incumbentVersion);
  const candidate =
    stoppedEarly === undefined ? input.candidate : completeCases(input.candidate, stoppedEarly);
  const isTagged = isGuarded(policy.noFlips);
  const tagged = candidate.filter(isTagged);
  const left = (stoppedEarly?.cases ?? []).filter(isTagged).length - tagged.length;
  if (tagged.length === 0 && left <= 0) {
    const message = `No case of the run has a tag of noFlips (${tags}). Tag the cases that must not flip.`;
    return { ...about, outcome: "inconclusive", message };
  }
  const partners = new Map(incumbent.map((one) => [one.caseKey, one]));
  const compared = tagged.filter(({ caseKey }) => partners.has(caseKey));
  const flips = compared.filter((one) => hasFlipped(one, partners.get(one.caseKey)));
  const value = flips.length;
  const sides = `pass with version ${incumbentVersion} and not with this one`;
  const found = `${value} of ${compared.length} cases tagged ${tags} ${sides}`;
  const dropped = droppedSentence(tagged.length + incumbent.filter(isTagged).length - 2 * compared.length);
  const count = compared.length;
  if (value > 0) {
    const message = `${found}: ${namesOf(flips)}.${dropped}`;
    return { ...about, value, outcome: "fail", message, count, ...listedCases(flips) };
  }
  const unclear = compared.filter((one) => mayHaveFlipped(one, partners.get(one.caseKey)));
  if (unclear.length > 0) {
    const message = `${found}, but ${unclear.length} more do not pass and have no result with version ${incumbentVersion}, where they may have passed: ${namesOf(unclear)}. Make them pass.${dropped}`;
    return { ...about, value, outcome: "inconclusive", message, count, ...listedCases(unclear) };
  }
  if (left > 0) {
    const message = `${found}, but the run stopped before ${left} others. Run all cases.`;
    return { ...about, value, outcome: "inconclusive", message, count };
  }
  return { ...about, value, outcome: "pass", message: `${found}.${dropped}`, count };
}

/** Has a case one of the tags? */
export function isGuarded(tags: readonly string[]): (one: { tags: readonly string[] }) => boolean {
  return ({ tags: has }) => has.some((tag) => tags.includes(tag));
}

/** Does a case not pass that passed with the incumbent? */
export function hasFlipped({ passed }: CaseScores, incumbent: CaseScores | undefined): boolean {
  return !passed && incumbent?.passed === true;
}

/** Does a case not pass whose incumbent's repeats, some of which ended without a score, do not say that it did not before? */
export function mayHaveFlipped({ passed }: CaseScores, incumbent: CaseScores | undefined): boolean {
  return !passed && incumbent !== undefined && !incumbent.passed && incumbent.score === null;
}
