import { GatePolicy } from "@assay/core";
import { expect, it } from "vitest";
import { explainGate } from "./explain-gate.ts";

const ALL: Required<GatePolicy> = {
  label: "production",
  minCases: 100,
  minScore: { score: 0.8, on: "lower" },
  maxErrors: 1,
  noFlips: ["critical", "legal"],
  maxRegression: 0.02,
  minImprovement: 0,
  maxLatencyP95Ms: 900,
  maxCostPerCaseMicros: 40,
  metrics: [{ name: "tone", minScore: { score: 0.5, on: "mean" }, maxRegression: 0 }],
  judges: { minKappa: 0.6, minLabels: 50 },
  approval: { byOther: true },
};

it("says every clause of a policy in a sentence of its own", () => {
  expect(explainGate(ALL)).toEqual([
    "A finished run of the suite must have measured the version on the gate's cases, with everything as it is now.",
    "A change request for this very move must have been approved by somebody who neither wrote nor proposed the version.",
    "At least 100 cases must be scored.",
    "At most 1 result may have failed or be without a score.",
    "Each judge that counts must agree with people by a kappa whose lower 95 % bound is at least 0.6, over 50 labelled outputs or more.",
    "The lower 95 % bound of the score's mean must be at least 0.8.",
    "The lower 95 % bound of the score's change from the version the label holds, on the same cases, must be at least -0.02.",
    "The lower 95 % bound of the score's change from the version the label holds, on the same cases, must be above 0.",
    'The mean of the metric "tone" must be at least 0.5.',
    'The lower 95 % bound of the metric "tone"\'s change from the version the label holds, on the same cases, must be at least 0.',
    'No case tagged "critical" or "legal" may fail that passes with the version the label holds.',
    "95 of 100 answers must take at most 900 ms.",
    "A case may cost at most 40 micro-units on average, judges left out.",
  ]);
});

it("says what is asked of a judge that counts, also where the policy does not", () => {
  const scorers = (weight: number) => [{ type: "llm-rubric", weight, options: {}, negate: false }];
  const policy = GatePolicy.parse({ minScore: { score: 0.8 } });
  const asked =
    "Each judge that counts must agree with people by a kappa whose lower 95 % bound is at least 0.6, over 50 labelled outputs or more.";
  expect(explainGate(policy, scorers(1))).toContain(asked);
  expect(explainGate(policy, scorers(0))).not.toContain(asked);
  expect(explainGate(policy)).not.toContain(asked);
});

it("says nothing of a clause that is not in force", () => {
  expect(explainGate(GatePolicy.parse({ minCases: 1 }))).toEqual([
    "A finished run of the suite must have measured the version on the gate's cases, with everything as it is now.",
    "At least 1 case must be scored.",
    "No result may have failed or be without a score.",
  ]);
});

it("knows every member of a policy", () => {
  const whole = explainGate(ALL);
  for (const member of Object.keys(GatePolicy.shape).filter((name) => name !== "label")) {
    const { [member as keyof GatePolicy]: _, ...rest } = ALL;
    expect(explainGate(GatePolicy.parse(rest)), member).not.toEqual(whole);
  }
});
