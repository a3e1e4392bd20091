import { affixOptions } from "../affix-options.ts";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { normalizeText } from "../expected-text.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";

export const startsWith = defineScorer({
  type: "starts-with",
  title: "Starts with",
  description:
    "1 when the output starts with one of the values, which are the option's or the expectation; else 0.",
  revision: 1,
  options: affixOptions,
  score: ({ output, testCase }, { values = expectedTexts(testCase), ...how }) => {
    if (values === undefined) return notScored(NO_EXPECTED_TEXT);
    const text = normalizeText(output, how);
    return scored(values.some((value) => text.startsWith(normalizeText(value, how))) ? 1 : 0);
  },
});
