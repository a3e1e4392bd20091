import { z } from "zod";
import { ModelReference } from "./chat.ts";
import { LIMITS } from "./limits.ts";
import type { ScorerUse } from "./scorer-use.ts";

const Template = z.string().max(LIMITS.graderTemplateLengthMax);
/** What a suite says of any metric may stand beside what OpenAI says of a grader. */
const common = {
  name: z.string().min(1).max(64).optional(),
  weight: z.number().min(0).max(1_000).default(1),
  negate: z.boolean().optional(),
};

const StringCheck = z.strictObject({
  ...common,
  type: z.literal("string_check"),
  operation: z.enum(["eq", "ne", "like", "ilike"]),
  input: Template,
  reference: Template,
});

const TextSimilarity = z.strictObject({
  ...common,
  type: z.literal("text_similarity"),
  evaluation_metric: z
    .string()
    .refine((metric) => metric !== "meteor", "meteor needs WordNet, which is not here; use rouge_l or gleu")
    .pipe(
      z.enum([
        "cosine",
        "fuzzy_match",
        "bleu",
        "gleu",
        "rouge_1",
        "rouge_2",
        "rouge_3",
        "rouge_4",
        "rouge_5",
        "rouge_l",
      ]),
    ),
  pass_threshold: z.number().min(0).max(1).optional(),
  input: Template,
  reference: Template,
});

const TextPart = z.looseObject({ type: z.enum(["input_text", "output_text", "text"]), text: Template });
const GraderMessage = z.strictObject({
  type: z.literal("message").optional(),
  role: z.enum(["system", "developer", "user", "assistant"]),
  content: z.union([Template, TextPart, z.array(TextPart).min(1).max(20)]),
});
const judged = {
  ...common,
  model: ModelReference,
  input: z.array(GraderMessage).min(1).max(LIMITS.graderMessagesMax),
  sampling_params: z.never("is not taken: judges answer at temperature 0 with a fixed seed").optional(),
};
const Label = z.string().min(1).max(200);

const LabelModel = z
  .strictObject({
    ...judged,
    type: z.literal("label_model"),
    labels: z.array(Label).min(2).max(100),
    passing_labels: z.array(Label).min(1).max(100),
  })
  .refine(({ labels, passing_labels }) => passing_labels.every((label) => labels.includes(label)), {
    path: ["passing_labels"],
    message: "names a label that is none of the labels",
  });

const ScoreModel = z.strictObject({
  ...judged,
  type: z.literal("score_model"),
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low < high, "write the range as [low, high]")
    .default([0, 1]),
  pass_threshold: z.number().optional(),
});

const SingleGrader = z.discriminatedUnion("type", [StringCheck, TextSimilarity, LabelModel, ScoreModel]);
type SingleGrader = z.infer<typeof SingleGrader>;

const Multi = z.strictObject({
  ...common,
  type: z.literal("multi"),
  graders: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "name graders as in a formula"), SingleGrader)
    .refine((graders) => Object.keys(graders).length > 0, "needs at least one grader")
    .refine(
      (graders) => Object.keys(graders).length <= LIMITS.gradersPerMultiMax,
      `has ${LIMITS.gradersPerMultiMax} graders at most`,
    ),
  calculate_output: z.string().min(1).max(LIMITS.graderFormulaLengthMax),
  pass_threshold: z.number().min(0).max(1).optional(),
});

/** A grader as OpenAI's evals write it. `python` is refused: no tenant's code runs here. */
export const OpenAiGrader = z.discriminatedUnion("type", [
  StringCheck,
  TextSimilarity,
  LabelModel,
  ScoreModel,
  Multi,
]);
export type OpenAiGrader = z.infer<typeof OpenAiGrader>;

const GRADER_TYPES: ReadonlySet<unknown> = new Set([
  "string_check",
  "text_similarity",
  "label_model",
  "score_model",
  "python",
]);

/** Is this meant to be a grader of OpenAI's? `multi` is a scorer of ours too, which has `options`. */
export function isOpenAiGrader(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return GRADER_TYPES.has(value.type) || (value.type === "multi" && "graders" in value);
}

/** The same grader as a use of a scorer, which is what is stored and shown. */
export function scorerUseOfGrader(grader: OpenAiGrader): ScorerUse {
  if (grader.type !== "multi") return { ...metricOf(grader), ...singleUse(grader) };
  const graders = Object.fromEntries(
    Object.entries(grader.graders).map(([name, inner]) => {
      const { type, options } = singleUse(inner);
      return [name, { type, options }];
    }),
  );
  const asks = Object.values(graders).some(({ type }) => ASKING.has(type));
  return {
    ...metricOf(grader),
    ...thresholdOf(grader.pass_threshold),
    type: asks ? "multi-model" : "multi",
    options: { graders, calculateOutput: grader.calculate_output },
  };
}

const ASKING: ReadonlySet<string> = new Set(["similarity", "label-model", "score-model"]);

type UseCore = Pick<ScorerUse, "type" | "options" | "threshold">;

function singleUse(grader: SingleGrader): UseCore {
  if (grader.type === "string_check") {
    const { operation, input, reference } = grader;
    return { type: "string-check", options: { operation, input, reference } };
  }
  if (grader.type === "text_similarity") {
    const { evaluation_metric: metric, input, reference, pass_threshold } = grader;
    const core: UseCore =
      metric === "cosine"
        ? { type: "similarity", options: { input, reference } }
        : { type: "text-similarity", options: { metric, input, reference } };
    return { ...core, ...thresholdOf(pass_threshold) };
  }
  const messages = grader.input.map(({ role, content }) => ({ role, content: textOf(content) }));
  if (grader.type === "label_model") {
    const { model, labels, passing_labels: passingLabels } = grader;
    return { type: "label-model", options: { model, messages, labels, passingLabels } };
  }
  const { model, range, pass_threshold } = grader;
  const [low, high] = range;
  const share = pass_threshold === undefined ? undefined : (pass_threshold - low) / (high - low);
  return {
    type: "score-model",
    options: { model, messages, range },
    ...thresholdOf(share === undefined ? undefined : Math.min(1, Math.max(0, share))),
  };
}

function metricOf(grader: OpenAiGrader): Pick<ScorerUse, "name" | "weight" | "negate"> {
  const { name, weight, negate } = grader;
  return { ...(name !== undefined && { name }), weight, ...(negate !== undefined && { negate }) };
}

function thresholdOf(threshold: number | undefined): Pick<ScorerUse, "threshold"> {
  return threshold === undefined ? {} : { threshold };
}

function textOf(content: z.infer<typeof GraderMessage>["content"]): string {
  if (typeof content === "string") return content;
  return (Array.isArray(content) ? content : [content]).map(({ text }) => text).join("");
}
