import type { Json } from "@assay/core";
import { listOf } from "./csv-assertion.ts";
import { asList, asNumber, asText, isMap, type JsonMap } from "./plain-values.ts";

/** An assertion as our scorers say it. `expected` is what the scorer is to see as the case's expectation. */
export interface ConvertedAssertion {
  entry: JsonMap;
  expected?: Json;
  /** It asks a model, so it cannot stand in a case but only in the suite. */
  isAsking: boolean;
  /** Where it does not mean quite the same. */
  caution?: string;
}

/** What one type becomes, or in words why it does not. */
type Convert = (
  value: Json | undefined,
  threshold: number | undefined,
) => Omit<ConvertedAssertion, "isAsking"> | string;

const valuesOf = (value: Json | undefined, whole: boolean) =>
  Array.isArray(value) ? value.map(asText) : whole ? [asText(value)] : listOf(asText(value));

const texts =
  (type: string, whole: boolean): Convert =>
  (value) =>
    value === undefined
      ? "it has no value"
      : { entry: { type, options: { values: valuesOf(value, whole) } } };

const graded =
  (type: string, thresholdDefault: number, caution?: string): Convert =>
  (value, threshold) => ({
    entry: { type, threshold: threshold ?? thresholdDefault },
    expected: asText(value),
    ...(caution !== undefined && { caution }),
  });

const bounded =
  (type: string, option: string, factor = 1): Convert =>
  (_, threshold) => {
    if (threshold === undefined) return "it has no threshold";
    const bound = factor === 1 ? threshold : Math.round(threshold * factor);
    return { entry: { type, options: { [option]: bound } } };
  };

const asking =
  (type: string): Convert =>
  (value) => ({ entry: { type, ...(value !== undefined && { options: { criteria: asText(value) } }) } });

const DETERMINISTIC: Readonly<Record<string, Convert>> = {
  equals: (value) =>
    typeof value === "object" && value !== null
      ? { entry: { type: "exact-match", options: { json: true } }, expected: value }
      : { entry: { type: "equals" }, expected: asText(value) },
  contains: texts("contains", true),
  icontains: texts("icontains", true),
  "contains-any": texts("contains-any", false),
  "contains-all": texts("contains-all", false),
  "icontains-any": texts("icontains-any", false),
  "icontains-all": texts("icontains-all", false),
  "starts-with": (value) => ({
    entry: { type: "starts-with", options: { values: [asText(value)], trim: false } },
  }),
  regex: (value) => {
    const pattern = asText(value);
    if (/\(\?<?[=!]|\\[1-9]/.test(pattern)) return "look-around and back-references are no part of RE2";
    return { entry: { type: "regex", options: { pattern } } };
  },
  "is-json": (value) => {
    const schema = schemaOf(value);
    if (typeof schema === "string") return schema;
    return {
      entry: schema === undefined ? { type: "is-json" } : { type: "json-schema", options: { schema } },
    };
  },
  "contains-json": (value) => {
    const schema = schemaOf(value);
    if (typeof schema === "string") return schema;
    return { entry: { type: "contains-json", ...(schema !== undefined && { options: { schema } }) } };
  },
  levenshtein: (value, threshold = 5) => ({
    entry: { type: "levenshtein", options: { maxDistance: Math.floor(threshold), trim: false } },
    expected: asText(value),
  }),
  "rouge-n": graded("rouge-n", 0.75),
  bleu: graded("bleu", 0.5, "our BLEU is sacreBLEU's, so scores near the threshold may differ"),
  gleu: graded("gleu", 0.5, "tokens are told apart in another way, so scores near the threshold may differ"),
  latency: bounded("latency", "maxMs"),
  cost: bounded("cost", "maxMicros", 1_000_000),
  perplexity: bounded("perplexity", "max"),
  "word-count": (value) => {
    const count = asNumber(value);
    const range = isMap(value)
      ? { min: asNumber(value.min), max: asNumber(value.max) }
      : { min: count, max: count };
    const options = Object.fromEntries(
      Object.entries(range).filter(([, bound]) => bound !== undefined),
    ) as JsonMap;
    if (Object.keys(options).length === 0) return "it has neither a count nor min or max";
    return { entry: { type: "length", options: { unit: "words", ...options } } };
  },
  "is-refusal": () => ({ entry: { type: "refusal" }, caution: "refusals are told by our own phrases" }),
  "is-valid-openai-tools-call": () => ({ entry: { type: "is-valid-tool-call" } }),
  "is-valid-openai-function-call": () => ({ entry: { type: "is-valid-tool-call" } }),
  "is-valid-function-call": () => ({ entry: { type: "is-valid-tool-call" } }),
  "tool-call-f1": (value, threshold) => ({
    entry: { type: "tool-call-f1", threshold: threshold ?? 1 },
    expected: typeof value === "string" ? listOf(value) : asList(value),
  }),
};

const ASKING: Readonly<Record<string, Convert>> = {
  "llm-rubric": asking("llm-rubric"),
  "model-graded-closedqa": asking("closed-qa"),
};

/** Whether a word names an assertion of promptfoo's; other words before a colon belong to a text. */
export function isAssertionType(name: string): boolean {
  return Object.hasOwn(DETERMINISTIC, name) || Object.hasOwn(ASKING, name) || OTHERS.has(name);
}

const OTHERS = new Set(
  `answer-relevance classifier context-faithfulness context-recall context-relevance conversation-relevance factuality
  finish-reason g-eval guardrails html-contains is-html is-sql is-xml contains-html contains-sql contains-xml
  javascript max-score meteor moderation perplexity-score pi python rouge-l rouge-s ruby search-rubric select-best
  similar webhook`.split(/\s+/),
);

/** One assertion as our scorers say it; why not, where it cannot be said. */
export function convertAssertion(assertion: JsonMap): ConvertedAssertion | string {
  const written = asText(assertion.type);
  const isNegated = written.startsWith("not-");
  const type = isNegated ? written.slice("not-".length) : written;
  const convert = DETERMINISTIC[type] ?? ASKING[type];
  if (convert === undefined) return `"${written}" has no counterpart that an import can make`;
  const unread = ["transform", "provider", "rubricPrompt", "config", "contextTransform"].filter(
    (name) => name in assertion,
  );
  if (unread.length > 0) return `${unread.join(", ")} of an assertion cannot be taken over`;
  const converted = convert(assertion.value, asNumber(assertion.threshold));
  if (typeof converted === "string") return `"${written}": ${converted}`;
  const { entry, ...rest } = converted;
  const weight = asNumber(assertion.weight);
  const named = {
    ...entry,
    ...(isNegated && { negate: true }),
    ...(weight !== undefined && { weight }),
    ...(typeof assertion.metric === "string" && { name: assertion.metric.slice(0, 64) }),
  };
  return { entry: named, ...rest, isAsking: Object.hasOwn(ASKING, type) };
}

function schemaOf(value: Json | undefined): JsonMap | undefined | string {
  if (value === undefined || value === null || value === "") return undefined;
  if (isMap(value)) return value;
  try {
    const parsed: unknown = JSON.parse(asText(value));
    if (isMap(parsed)) return parsed;
  } catch {
    // Said below.
  }
  return "its value is no JSON Schema";
}
