import { type Json, LIMITS, ModelReference, type ScoreOutcome } from "@assay/core";
import { z } from "zod";
import { notScored, type ScoreInput, type ScorerPorts, scored } from "../define-scorer.ts";
import { GraderTemplate, renderGraderTemplate } from "./grader-template.ts";

const Messages = z
  .array(
    z.strictObject({
      role: z.enum(["system", "developer", "user", "assistant"]),
      content: GraderTemplate,
    }),
  )
  .min(1)
  .max(LIMITS.graderMessagesMax)
  .describe("What the model is asked, with {{item.…}} and {{sample.…}} filled in.");
const Model = ModelReference.describe("A model of the tenant that judges.");
/** Between the numbers that a grammar lets a model choose from. */
const STEPS = 20;
const SPAN_OF_WHOLES_MAX = 100;
const Label = z.string().min(1).max(200);

export const LabelModelOptions = z
  .strictObject({
    model: Model,
    messages: Messages,
    labels: z.array(Label).min(2).max(100).describe("What the model chooses from."),
    passingLabels: z.array(Label).min(1).max(100).describe("Choices that score 1; the others score 0."),
  })
  .refine(({ labels, passingLabels }) => passingLabels.every((label) => labels.includes(label)), {
    path: ["passingLabels"],
    message: "names a label that is none of the labels",
  });

export const ScoreModelOptions = z.strictObject({
  model: Model,
  messages: Messages,
  range: z
    .array(z.number())
    .length(2)
    .refine(([low = 0, high = 0]) => low < high, "write the range as [low, high]")
    .default([0, 1])
    .describe("Lowest and highest number the model may give; they become 0 and 1."),
});

/** OpenAI's `label_model`: the model chooses a label. An answer that is none of them is not scored. */
export async function labelModelOutcome(
  input: ScoreInput,
  { labels, passingLabels, ...asked }: z.infer<typeof LabelModelOptions>,
  ports: ScorerPorts,
): Promise<ScoreOutcome> {
  const verdict = z.strictObject({ reason: z.string(), label: z.enum(labels as [string, ...string[]]) });
  return await ask({ input, ports, asked, verdict, name: "label" }, ({ reason, label }) =>
    scored(passingLabels.includes(label) ? 1 : 0, `${label}: ${reason}`),
  );
}

/**
 * OpenAI's `score_model`: the model gives a number. One outside the range is not scored. Grammars know no ranges: who
 * answers by one chooses from evenly spaced numbers.
 */
export async function scoreModelOutcome(
  input: ScoreInput,
  { range, ...asked }: z.infer<typeof ScoreModelOptions>,
  ports: ScorerPorts,
): Promise<ScoreOutcome> {
  const [low = 0, high = 1] = range;
  const verdict = z.strictObject({ reason: z.string(), score: z.number().min(low).max(high) });
  const narrowed = z.strictObject({ reason: z.string(), score: z.literal(evenlySpaced(low, high)) });
  return await ask({ input, ports, asked, verdict, narrowed, name: "score" }, ({ reason, score }) => ({
    ...scored((score - low) / (high - low), reason),
    value: score,
  }));
}

/** From `low` to `high` in about 20 steps, in which the whole numbers of a small range with whole ends are found. */
function evenlySpaced(low: number, high: number): number[] {
  const span = high - low;
  const steps = Number.isInteger(span) && span <= SPAN_OF_WHOLES_MAX ? span * Math.ceil(STEPS / span) : STEPS;
  return Array.from({ length: steps + 1 }, (_, step) => low + (span * step) / steps);
}

interface Question<Verdict> {
  input: ScoreInput;
  ports: ScorerPorts;
  asked: { model: string; messages: z.infer<typeof Messages> };
  /** What the model must answer. */
  verdict: z.ZodType<Verdict>;
  /** The same, as a grammar can force it. */
  narrowed?: z.ZodType<Verdict>;
  name: string;
}

async function ask<Verdict>(
  { input, ports, asked, verdict, narrowed, name }: Question<Verdict>,
  score: (verdict: Verdict) => ScoreOutcome,
): Promise<ScoreOutcome> {
  const rendered = asked.messages.map(({ role, content }) => ({
    role,
    text: renderGraderTemplate(content, input),
  }));
  const problem = rendered.map(({ text }) => text).find(({ status }) => status !== "rendered");
  if (problem !== undefined && problem.status !== "rendered")
    return problem.status === "gap" ? notScored(problem.reason) : scored(0, problem.reason);
  const messages = rendered.map(({ role, text }) => ({
    role,
    content: text.status === "rendered" ? text.text : "",
  }));
  const answer = await ports.ask({
    judge: { model: asked.model, messages },
    variables: {},
    schema: { name, schema: schemaOf(verdict), ...(narrowed && { narrowed: schemaOf(narrowed) }) },
  });
  if (answer.status === "failed") return notScored(answer.reason);
  const parsed = verdict.safeParse(answer.value);
  return parsed.success
    ? score(parsed.data)
    : notScored("the model's answer is not of the form it was asked for");
}

function schemaOf(verdict: z.ZodType): { [key: string]: Json } {
  const { $schema: _, ...schema } = z.toJSONSchema(verdict) as { [key: string]: Json };
  return schema;
}
