import { describe, expect, test } from "vitest";
import { cohenKappa, type JudgementPair } from "./cohen-kappa.ts";

/** Pairs of a 2 × 2 table: both pass, only the judge, only the person, both fail. */
function pairs([both, judgeOnly, humanOnly, neither]: number[]): JudgementPair[] {
  const of = (count: number | undefined, judge: boolean, human: boolean) =>
    Array.from({ length: count ?? 0 }, () => ({ judge, human }));
  return [
    ...of(both, true, true),
    ...of(judgeOnly, true, false),
    ...of(humanOnly, false, true),
    ...of(neither, false, false),
  ];
}

describe("Cohen's kappa", () => {
  // statsmodels 0.15.0: the wider of inter_rater.cohens_kappa's interval and that of proportion_confint(method="wilson")
  // for the agreement, carried over by (bound − expected) / (1 − expected).
  test.each([
    { table: [45, 15, 25, 15], kappa: 0.130435, lower: -0.082603, upper: 0.327389 },
    { table: [25, 35, 5, 35], kappa: 0.259259, lower: 0.077783, upper: 0.427035 },
    { table: [40, 9, 6, 45], kappa: 0.699519, lower: 0.533583, upper: 0.839448 },
    { table: [90, 2, 3, 5], kappa: 0.639769, lower: 0.194881, upper: 0.931745 },
  ])("and its interval are those of statsmodels for $table", ({ table, kappa, lower, upper }) => {
    const found = cohenKappa(pairs(table));
    expect(found.kappa).toBeCloseTo(kappa, 6);
    expect(found.lower).toBeCloseTo(lower, 6);
    expect(found.upper).toBeCloseTo(upper, 6);
  });

  test("carries the base rates and what chance alone would agree on", () => {
    const found = cohenKappa(pairs([20, 5, 10, 15]));
    expect(found).toMatchObject({ agreement: 0.7, n: 50, judgePassRate: 0.5, humanPassRate: 0.6 });
    expect(found.expectedAgreement).toBeCloseTo(0.5, 12);
    expect(found.kappa).toBeCloseTo(0.4, 12);
  });

  test("does not take a few agreements for certainty", () => {
    const found = cohenKappa(pairs([5, 0, 0, 5]));
    expect(found).toMatchObject({ kappa: 1, upper: 1 });
    // Wilson's lower bound for 10 of 10 is 10 / 13.8415, and chance agrees on half.
    expect(found.lower).toBeCloseTo(2 * (10 / 13.8415) - 1, 4);
  });

  test("is low for a judge that lets everything pass, however often that is right", () => {
    expect(cohenKappa(pairs([95, 5, 0, 0])).kappa).toBeCloseTo(0, 12);
  });

  test("is undefined without pairs, and where nobody ever disagreed with anything", () => {
    expect(cohenKappa([])).toMatchObject({ kappa: null, lower: null, agreement: null, n: 0 });
    expect(cohenKappa(pairs([30, 0, 0, 0]))).toMatchObject({
      kappa: null,
      lower: null,
      agreement: 1,
      judgePassRate: 1,
      humanPassRate: 1,
    });
  });

  test("is −1 for a judge that says the opposite", () => {
    expect(cohenKappa(pairs([0, 10, 10, 0]))).toMatchObject({ kappa: -1, lower: -1 });
  });
});
