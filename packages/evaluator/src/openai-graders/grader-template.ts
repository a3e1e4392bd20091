import { type Json, LIMITS } from "@assay/core";
import { z } from "zod";
import type { ScoreInput } from "../define-scorer.ts";
import { parseJson } from "../parse-json.ts";

const PLACE = /\{\{([^{}]*)\}\}/g;
const REFERENCE = /^\s*(item|sample)((?:\.[\w-]+|\[\d{1,6}\])+)\s*$/;
const STEP = /\.([\w-]+)|\[(\d+)\]/g;

/** Text with places `{{item.…}}` and `{{sample.…}}`, as OpenAI's graders have them, and nothing else in braces. */
export const GraderTemplate = z
  .string()
  .max(LIMITS.graderTemplateLengthMax)
  .superRefine((template, context) => {
    for (const [place, inner = ""] of template.matchAll(PLACE)) {
      if (REFERENCE.test(inner)) continue;
      const message = `${place} is not understood: templates read {{item.name}} and {{sample.output_text}}, output_json or output_tools`;
      context.addIssue({ code: "custom", message });
    }
  });

/** `fault`: the output has not what the template asks of it. `gap`: the case has not. */
export type Rendered = { status: "rendered"; text: string } | { status: "fault" | "gap"; reason: string };

/**
 * Fills a template. `item` is the case: its variables by name, then `expected` and `key`, then the fields of an
 * expectation that is an object. `sample` is the answer: `output_text`, `output_json` (the text read as JSON) and
 * `output_tools` (its tool calls). What is not text enters as JSON.
 */
export function renderGraderTemplate(template: string, input: ScoreInput): Rendered {
  let problem: Exclude<Rendered, { status: "rendered" }> | undefined;
  let room = LIMITS.scoredTextBytesMax;
  const text = template.replace(PLACE, (place, inner: string) => {
    const [, root = "", path = ""] = REFERENCE.exec(inner) ?? [];
    const steps = stepsOf(path);
    const value = valueAt(root === "item" ? itemOf(input) : sampleOf(input, steps), steps);
    if (value === undefined) {
      problem ??= { status: root === "item" ? "gap" : "fault", reason: `there is no ${place}` };
      return "";
    }
    const filled = typeof value === "string" ? value : JSON.stringify(value);
    room -= filled.length;
    return room < 0 ? "" : filled;
  });
  if (room < 0) return { status: "gap", reason: "the filled template is too long" };
  return problem ?? { status: "rendered", text };
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(STEP)].map(([, name, index]) => name ?? index ?? "");
}

function itemOf({ testCase }: ScoreInput): Json {
  const { variables, expected, key } = testCase;
  const fields =
    typeof expected === "object" && expected !== null && !Array.isArray(expected) ? expected : {};
  return { ...fields, key, ...(expected !== undefined && { expected }), ...variables } as Json;
}

/** The answer by the first step of a path; only `output_json` reads the text as JSON. */
function sampleOf({ output, toolCalls }: ScoreInput, [first]: readonly string[]): Json {
  if (first === "output_json") {
    const parsed = parseJson(output);
    return parsed.ok ? { output_json: parsed.value } : {};
  }
  return { output_text: output, output_tools: [...toolCalls] as unknown as Json };
}

function valueAt(root: Json, steps: readonly string[]): Json | undefined {
  return steps.reduce<Json | undefined>((value, step) => {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    return Array.isArray(value) ? value[Number(step)] : value[step];
  }, root);
}
