import type { ScoreOutcome } from "@assay/core";
import { z } from "zod";
import { notScored, type ScoreInput, scored } from "../define-scorer.ts";
import { GraderTemplate, renderGraderTemplate } from "./grader-template.ts";

export const StringCheckOptions = z.strictObject({
  operation: z
    .enum(["eq", "ne", "like", "ilike"])
    .describe("Equal, not equal, contains, or contains without regard to case."),
  input: GraderTemplate.describe("What is checked, mostly {{sample.output_text}}."),
  reference: GraderTemplate.describe("What it is checked against, for example {{item.expected}}."),
});

const CHECKS = {
  eq: (input: string, reference: string) => input === reference,
  ne: (input: string, reference: string) => input !== reference,
  like: (input: string, reference: string) => input.includes(reference),
  ilike: (input: string, reference: string) => input.toLowerCase().includes(reference.toLowerCase()),
};

/** OpenAI's `string_check`: what the answer lacks is a 0, what the case lacks cannot be scored. */
export function stringCheckOutcome(
  input: ScoreInput,
  { operation, ...templates }: z.infer<typeof StringCheckOptions>,
): ScoreOutcome {
  const sides = renderSides(input, templates);
  if (sides.status !== "rendered")
    return sides.status === "gap" ? notScored(sides.reason) : scored(0, sides.reason);
  return scored(CHECKS[operation](sides.input, sides.reference) ? 1 : 0);
}

/** Both templates of a grader that compares two texts. */
export function renderSides(
  scoreInput: ScoreInput,
  templates: { input: string; reference: string },
): { status: "rendered"; input: string; reference: string } | { status: "fault" | "gap"; reason: string } {
  const input = renderGraderTemplate(templates.input, scoreInput);
  const reference = renderGraderTemplate(templates.reference, scoreInput);
  if (reference.status !== "rendered") return reference;
  if (input.status !== "rendered") return input;
  return { status: "rendered", input: input.text, reference: reference.text };
}
