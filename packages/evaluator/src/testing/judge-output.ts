import { Case, type Json, ScoreOutcome, type Tool, type ToolCall } from "@assay/core";
import { findScorer } from "../check-scorers.ts";
import type { ScoreInput, ScorerPorts } from "../define-scorer.ts";
import { SCORERS } from "../scorers/index.ts";
import { NO_PORTS } from "./no-ports.ts";

/** An answer as a test writes it down; what is left out was not measured. */
export interface Judged {
  options?: Record<string, Json>;
  output?: string;
  expected?: Json;
  variables?: Record<string, Json>;
  latencyMs?: number | null;
  completionTokens?: number;
  costMicros?: number | null;
  meanLogprob?: number | null;
  tools?: Tool[];
  /** Calls by name and arguments. */
  calls?: [name: string, args: string][];
}

for (const scorer of SCORERS) if (scorer.kind === "deterministic") await scorer.load?.(inputOf({}));

/** What one scorer makes of an answer. */
export function judge(type: string, judged: Judged): ScoreOutcome {
  const scorer = findScorer(type);
  if (scorer?.kind !== "deterministic") throw new Error(`${type} asks somebody`);
  const input = inputOf(judged);
  const options = scorer.options.parse(judged.options ?? {});
  scorer.steps?.(input, options);
  return ScoreOutcome.parse(scorer.score(input, options));
}

/** The same of one that asks. */
export async function assess(
  type: string,
  judged: Judged,
  ports: ScorerPorts = NO_PORTS,
): Promise<ScoreOutcome> {
  const scorer = findScorer(type);
  if (scorer === undefined || scorer.kind === "deterministic") throw new Error(`${type} asks nobody`);
  return ScoreOutcome.parse(
    await scorer.assess(inputOf(judged), scorer.options.parse(judged.options ?? {}), ports),
  );
}

/** The score, or the word for there being none. */
export function scoreOf(type: string, judged: Judged): number | "not_scored" {
  const outcome = judge(type, judged);
  return outcome.status === "scored" ? outcome.score : "not_scored";
}

function inputOf(judged: Judged): ScoreInput {
  const { output = "", expected, variables = {}, latencyMs = null, completionTokens } = judged;
  const { costMicros = null, meanLogprob = null, tools = [], calls = [] } = judged;
  return {
    output,
    toolCalls: calls.map(toolCall),
    tools,
    meanLogprob,
    testCase: Case.parse({ key: "k", variables, ...(expected !== undefined && { expected }) }),
    latencyMs,
    usage: completionTokens === undefined ? undefined : { promptTokens: 1, completionTokens },
    costMicros,
  };
}

function toolCall([name, args]: [string, string], index: number): ToolCall {
  return { id: `call_${index}`, type: "function", function: { name, arguments: args } };
}
