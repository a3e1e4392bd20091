import type { Case } from "@assay/core";
import { expectedText } from "./expected-text.ts";

const TEXTS_MAX = 100;

/** The expectation as texts, any of which will do: a list of texts, or the one text that it is. */
export function expectedTexts(testCase: Pick<Case, "expected">): string[] | undefined {
  const { expected } = testCase;
  if (Array.isArray(expected)) {
    const texts = expected.filter((text) => typeof text === "string");
    const isList = texts.length > 0 && texts.length === expected.length && texts.length <= TEXTS_MAX;
    return isList ? texts : undefined;
  }
  const text = expectedText(testCase);
  return text === undefined ? undefined : [text];
}

/** The reason for not scoring a case whose expectation is not there or of another kind. */
export const NO_EXPECTED_TEXT =
  'the case has no expectation that is text or a list of texts; give it one, or use text-similarity with reference "{{item.expected}}"';
