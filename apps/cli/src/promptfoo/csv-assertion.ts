import type { JsonMap } from "./plain-values.ts";

const LISTS = new Set(["contains-all", "contains-any", "icontains-all", "icontains-any"]);
const THRESHOLDS = new Set([
  "answer-relevance",
  "context-faithfulness",
  "context-recall",
  "context-relevance",
  "cost",
  "latency",
  "levenshtein",
  "perplexity",
  "rouge-n",
  "similar",
  "starts-with",
]);
const THRESHOLD_DEFAULT = 0.75;
/** Types without a value, and every type that can stand before a colon; a text of neither kind is meant as it is. */
const TYPE = /^(not-)?([a-z][a-z0-9-]*)(?:\((\d+(?:\.\d+)?)\))?(?::([\s\S]*))?$/;

/**
 * What a cell of `__expected` asserts: `type(threshold):value`, `grade:…` for a judge, or the very text of the output.
 * `isType` tells whether a word names an assertion, so that "note: …" stays a text.
 */
export function csvAssertion(cell: string, isType: (name: string) => boolean): JsonMap {
  const script = /^(?:javascript|fn|eval|python):/.exec(cell);
  if (script !== null) return { type: cell.startsWith("python") ? "python" : "javascript", value: cell };
  if (cell.startsWith("grade:")) return { type: "llm-rubric", value: cell.slice("grade:".length) };
  const match = TYPE.exec(cell);
  const [, negation = "", type = "", threshold, value] = match ?? [];
  if (match === null || !isType(type)) return { type: "equals", value: cell };
  const assertion: JsonMap = { type: `${negation}${type}` };
  if (value !== undefined) assertion.value = LISTS.has(type) ? listOf(value) : value.trim();
  if (THRESHOLDS.has(type))
    assertion.threshold = threshold === undefined ? THRESHOLD_DEFAULT : Number(threshold);
  return assertion;
}

/** `a, "b, c", d` as its fields. */
export function listOf(text: string): string[] {
  return [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]+))\s*(?:,|$)/g)].map(([, quoted, plain = ""]) =>
    quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'),
  );
}
