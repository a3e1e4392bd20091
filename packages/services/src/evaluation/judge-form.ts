import { type Json, type JsonSchema, LIMITS } from "@assay/core";
import type { JudgeQuestion } from "@assay/evaluator";
import type { ServableModel } from "@assay/store";

/** A verdict with its reasons; what a judge's version allows takes precedence. */
const MAX_TOKENS_DEFAULT = 512;
/** The rest of a local model's context is the question's. */
const CONTEXT_SHARE = 1 / 5;
/** Fewer hold no verdict; in a context that has no room for them the engine says so. */
const LOCAL_TOKENS_MIN = 64;
/** A grammar without these would let a small model go on until its tokens are spent. */
const LOCAL_TEXT_CHARS_MAX = 240;
const LOCAL_ITEMS_MAX = 20;
/** Of the tokens that an answer may have: a reason and the verdict must fit, however the model writes. */
const TEXT_CHARS_PER_TOKEN = 0.3;
const TOKENS_PER_ITEM = 48;

interface AskedForm extends Omit<JudgeQuestion["schema"], "name"> {
  /** What the judge's version allows, in tokens. */
  asked: number | undefined;
}

/**
 * The form in which a judge answers: how long, and by what schema. A local model's answer is bounded by its context,
 * and so is each text and list in it, which providers' strict mode would refuse.
 */
export function judgeForm(
  { kind, gguf }: Pick<ServableModel, "kind" | "gguf">,
  { asked = MAX_TOKENS_DEFAULT, schema, narrowed = schema }: AskedForm,
): { maxTokens: number; schema: JsonSchema } {
  if (kind === "hosted") return { maxTokens: asked, schema };
  const known = gguf?.contextLength ?? LIMITS.engineContextTokensMax;
  const contextTokens = Math.min(known, LIMITS.engineContextTokensMax);
  const room = Math.max(LOCAL_TOKENS_MIN, Math.floor(contextTokens * CONTEXT_SHARE));
  const chars = Math.floor(room * TEXT_CHARS_PER_TOKEN);
  const items = Math.floor(room / TOKENS_PER_ITEM);
  return {
    maxTokens: Math.min(asked, room),
    schema: bounded(narrowed, {
      maxLength: Math.min(LOCAL_TEXT_CHARS_MAX, chars),
      maxItems: Math.min(LOCAL_ITEMS_MAX, Math.max(1, items)),
    }),
  };
}

function bounded(schema: JsonSchema, { maxLength, maxItems }: { maxLength: number; maxItems: number }) {
  const bound = (value: Json): Json => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(bound);
    const walked = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bound(inner)]));
    if (walked.type === "string" && walked.enum === undefined && walked.const === undefined) {
      return { maxLength, ...walked };
    }
    return walked.type === "array" ? { maxItems, ...walked } : walked;
  };
  return bound(schema) as JsonSchema;
}
