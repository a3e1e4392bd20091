import { AppError, type Json, type Tool, type ToolCall } from "@assay/core";
import { z } from "zod";
import { defineScorer, notScored, scored } from "../define-scorer.ts";
import { compileJsonSchema } from "../json-schema.ts";
import { parseJson } from "../parse-json.ts";

const STEPS_PER_CHARACTER = 100;

export const isValidToolCall = defineScorer({
  type: "is-valid-tool-call",
  title: "Valid tool calls",
  description:
    "1 when every call names a tool of the prompt version and its arguments are JSON that follows the tool's schema, else 0. Not scored where the version offers no tools.",
  revision: 1,
  options: z.strictObject({
    required: z.boolean().default(true).describe("An answer that calls nothing is a 0."),
  }),
  steps: ({ toolCalls }) =>
    toolCalls.reduce((sum, call) => sum + call.function.arguments.length, 0) * STEPS_PER_CHARACTER,
  score: ({ toolCalls, tools }, { required }) => {
    if (tools.length === 0) return notScored("the prompt version offers no tools");
    if (toolCalls.length === 0) return required ? scored(0, "no tool was called") : scored(1);
    const problem = toolCalls.map((call) => problemOf(call, tools)).find((found) => found !== undefined);
    if (problem === undefined) return scored(1);
    return problem.isOurs ? notScored(problem.message) : scored(0, problem.message);
  },
});

interface Problem {
  message: string;
  /** The tool's own schema cannot be used: nothing that the model did. */
  isOurs: boolean;
}

function problemOf({ function: called }: ToolCall, tools: readonly Tool[]): Problem | undefined {
  const wrong = (message: string): Problem => ({ message, isOurs: false });
  const tool = tools.find((offered) => offered.function.name === called.name);
  if (tool === undefined) return wrong(`there is no tool ${called.name}`);
  const given = parseJson(called.arguments === "" ? "{}" : called.arguments);
  if (!given.ok) return wrong(`the arguments of ${called.name} are not JSON: ${given.message}`);
  if (typeof given.value !== "object" || given.value === null || Array.isArray(given.value))
    return wrong(`the arguments of ${called.name} are not a JSON object`);
  return schemaProblem(tool, given.value);
}

function schemaProblem({ function: { name, parameters } }: Tool, value: Json): Problem | undefined {
  if (parameters === undefined) return undefined;
  try {
    const [first] = compileJsonSchema(parameters)(value);
    if (first === undefined) return undefined;
    return { message: `${name}: ${first.path || "the arguments"} ${first.message}`, isOurs: false };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { message: `${name}: ${error.message}`, isOurs: true };
  }
}
