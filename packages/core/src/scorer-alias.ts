import type { Json } from "./canonical-json.ts";

/** A scorer that goes by another name elsewhere, with the options that make it behave as it does there. */
export interface ScorerAlias {
  type: string;
  options?: { [name: string]: Json };
  negate?: true;
}

/** promptfoo's names of assertions, where they are not ours. */
const ALIASES: ReadonlyMap<string, ScorerAlias> = new Map<string, ScorerAlias>([
  ["equals", { type: "exact-match", options: { trim: false } }],
  ["icontains", { type: "contains", options: { ignoreCase: true } }],
  ["contains-any", { type: "contains", options: { match: "any" } }],
  ["contains-all", { type: "contains", options: { match: "all" } }],
  ["icontains-any", { type: "contains", options: { match: "any", ignoreCase: true } }],
  ["icontains-all", { type: "contains", options: { match: "all", ignoreCase: true } }],
  ["similar", { type: "similarity" }],
  ["is-refusal", { type: "refusal" }],
  ["word-count", { type: "length", options: { unit: "words" } }],
  ["is-valid-openai-tools-call", { type: "is-valid-tool-call" }],
  ["is-valid-openai-function-call", { type: "is-valid-tool-call" }],
  ["is-valid-function-call", { type: "is-valid-tool-call" }],
  ["model-graded-closedqa", { type: "closed-qa" }],
  ["model-graded-factuality", { type: "factuality" }],
]);

/** Names that `resolveScorerAlias` knows, without those that only begin with `not-`. */
export const SCORER_ALIASES: readonly string[] = [...ALIASES.keys()];

/** What a name stands for: `not-` before any name means its opposite. Undefined where the name stands for itself. */
export function resolveScorerAlias(name: string): ScorerAlias | undefined {
  if (!name.startsWith("not-")) return ALIASES.get(name);
  const positive = name.slice("not-".length);
  return { ...(ALIASES.get(positive) ?? { type: positive }), negate: true };
}
