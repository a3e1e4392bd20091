import { invariant, LIMITS, ModelReference, Sha256 } from "@assay/core";
import { z } from "zod";
import { defineAskingScorer, measured, notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { expectedTexts, NO_EXPECTED_TEXT } from "../expected-texts.ts";
import { GraderTemplate, type Rendered, renderGraderTemplate } from "../openai-graders/grader-template.ts";

export const similarity = defineAskingScorer({
  type: "similarity",
  title: "Similarity of meaning",
  description:
    "Cosine of the angle between the embeddings of output and expectation, 0 where it is negative; of several expectations the nearest counts.",
  kind: "embedding",
  revision: 1,
  measure: { unit: "cosine", direction: "maximize" },
  options: z.strictObject({
    model: ModelReference.optional().describe(
      "The model that embeds; without it the one that the prompt version pins, which no gate counts.",
    ),
    modelSha256: Sha256.optional().describe(
      "What the model was when the suite was stored; the server writes it.",
    ),
    input: GraderTemplate.optional().describe("What is compared; without it the output."),
    reference: GraderTemplate.optional().describe("What it is compared with; without it the expectation."),
  }),
  references: ({ model }) => (model === undefined ? { asksOwnModel: true } : { models: [model] }),
  assess: async (input, options, ports) => {
    const sides = sidesOf(input, options);
    if (sides.status !== "rendered")
      return sides.status === "gap" ? notScored(sides.reason) : scored(0, sides.reason);
    const answer = await ports.embed([sides.text, ...sides.references], options.model);
    if (answer.status === "failed") return notScored(answer.reason);
    const [own, ...others] = answer.vectors;
    invariant(own !== undefined && others.length > 0, "there is one vector for each text");
    const cosine = Math.max(...others.map((other) => dot(own, other)));
    return Number.isFinite(cosine) ? measured(cosine, cosine) : notScored("the embedding is not a direction");
  },
});

type Sides =
  | { status: "rendered"; text: string; references: string[] }
  | { status: "fault" | "gap"; reason: string };

function sidesOf(
  input: ScoreInput,
  templates: { input?: string | undefined; reference?: string | undefined },
): Sides {
  const text: Rendered =
    templates.input === undefined
      ? { status: "rendered", text: input.output }
      : renderGraderTemplate(templates.input, input);
  if (text.status !== "rendered") return text;
  if (templates.reference === undefined) {
    const references = expectedTexts(input.testCase)?.slice(0, LIMITS.embeddedTextsMax - 1);
    return references === undefined
      ? { status: "gap", reason: NO_EXPECTED_TEXT }
      : withTexts(text.text, references);
  }
  const reference = renderGraderTemplate(templates.reference, input);
  return reference.status === "rendered" ? withTexts(text.text, [reference.text]) : reference;
}

/** Nothing has no direction. */
function withTexts(text: string, references: string[]): Sides {
  if (references.some((reference) => reference.trim() === ""))
    return { status: "gap", reason: "there is no text to compare with" };
  if (text.trim() === "") return { status: "fault", reason: "the output is empty" };
  return { status: "rendered", text, references };
}

/** Vectors of length 1: their product is the cosine. */
function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
}
