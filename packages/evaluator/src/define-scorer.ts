import type {
  Case,
  ChatMessage,
  Json,
  ScoreOutcome,
  ScorerKind,
  ScorerMeasure,
  ScorerUse,
  TokenUsage,
  Tool,
  ToolCall,
} from "@assay/core";
import type { z } from "zod";

/** What a scorer may look at. `expected` is `testCase.expected`. */
export interface ScoreInput {
  output: string;
  toolCalls: readonly ToolCall[];
  /** What the prompt version offered the model to call. */
  tools: readonly Tool[];
  /** Mean natural logarithm of the output's token probabilities; null when nobody asked the model for them. */
  meanLogprob: number | null;
  testCase: Case;
  /** Time the answer took, without waiting in a queue; null when nobody measured it. */
  latencyMs: number | null;
  usage: TokenUsage | undefined;
  /** Cost of the answer in micro-units; null while unknown. */
  costMicros: number | null;
}

/** A prompt version of the tenant that judges; it pins model, adapter and instructions. */
export interface JudgeVersion {
  prompt: string;
  version: number;
}

/** One question to a judge. The answer is forced into `schema` and given at temperature 0. */
export interface JudgeQuestion {
  /** A prompt version that is rendered with `variables`, or a model of the tenant with messages ready to send. */
  judge: JudgeVersion | { model: string; messages: ChatMessage[] };
  variables: { [name: string]: Json };
  schema: {
    name: string;
    schema: { [key: string]: Json };
    /** The same for this very question, with what a grammar can force and providers' strict mode may refuse. */
    narrowed?: { [key: string]: Json };
  };
}

export type JudgeAnswer = { status: "answered"; value: Json } | { status: "failed"; reason: string };

/** What a web hook is sent; `connection` names where, with the secret that signs it. */
export interface WebhookCall {
  connection: string;
  path: string;
  body: Json;
}

/** A script of the user's own, on the user's own machine. */
export interface ScriptCall {
  file: string;
  /** Of the file as it was when the suite was read; the options carry it, so that a changed script is other evidence. */
  sha256: string;
  body: Json;
}

/** The world outside, as far as scorers may reach it. Failures are values; every call is bounded in time and size. */
export interface ScorerPorts {
  ask(question: JudgeQuestion): Promise<JudgeAnswer>;
  /** One vector of length 1 per text, by a model of the tenant; the prompt version's own model when none is named. */
  embed(
    texts: string[],
    model: string | undefined,
  ): Promise<{ status: "embedded"; vectors: number[][] } | { status: "failed"; reason: string }>;
  send(
    call: WebhookCall,
  ): Promise<{ status: "answered"; value: Json } | { status: "failed"; reason: string }>;
  runScript(
    call: ScriptCall,
  ): Promise<{ status: "answered"; value: Json } | { status: "failed"; reason: string }>;
  /** Where heavy work is done beside the caller's thread; without it, it is done in place. */
  judgeBeside?(task: MetricTask): Promise<JudgedMetric>;
}

/** What one deterministic use of a scorer needs to judge an output: plain data, fit to be sent to a thread. */
export interface MetricTask {
  use: ScorerUse;
  input: ScoreInput;
  /** Of the budget that all scorers of a case share. */
  stepsLeft: number;
}

export interface JudgedMetric {
  outcome: ScoreOutcome;
  stepsLeft: number;
}

/** What of the tenant a use of a scorer names: pinned when the suite is stored, hashed into evidence. */
export interface ScorerReferences {
  judges?: JudgeVersion[];
  /** Models that judge or embed without a prompt version. */
  models?: string[];
  /** It asks the model of the version that it measures: fit to be reported, not to gate. */
  asksOwnModel?: true;
  /** Connections that web hooks go to. */
  connections?: string[];
  scripts?: string[];
}

interface AnyScorer<Options extends z.ZodType> {
  /** Names it in suites and in the list; also the name of its file. */
  type: string;
  title: string;
  description: string;
  /** Part of the evidence: raise it whenever the same output could get another score than before. */
  revision: number;
  /** Of the raw `value` in its outcomes; absent when the score itself is all there is. */
  measure?: ScorerMeasure;
  /** A strict object; what it accepts must not fail later. */
  options: Options;
  /** Does it need the tokens' log probabilities? The model is then asked for them. */
  needsLogprobs?: boolean;
}

/**
 * One way to judge an output by itself. It answers with a number in 0..1, or `not_scored` with the reason when the
 * case gives it nothing to judge by. An output that is bad is a 0: that is the model's fault, not a gap in what we
 * know.
 */
export interface DeterministicScorer<Options extends z.ZodType = z.ZodType> extends AnyScorer<Options> {
  kind: "deterministic";
  /** May even reading what the case brings along hold up whoever waits? Answered without doing it. */
  isHeavy?(input: ScoreInput): boolean;
  /** Awaited before `score`: for what costs too much to have at hand where nobody asks for it. */
  load?(input: ScoreInput): Promise<void>;
  /** Steps that scoring may take, at about 10 ns each, where that is more than a few for each character. */
  steps?(input: ScoreInput, options: z.infer<Options>): number;
  score(input: ScoreInput, options: z.infer<Options>): ScoreOutcome;
}

/** One way to judge an output by asking something else. A question that failed is `not_scored`, never a 0. */
export interface AskingScorer<Options extends z.ZodType = z.ZodType> extends AnyScorer<Options> {
  kind: Exclude<ScorerKind, "deterministic">;
  references(options: z.infer<Options>): ScorerReferences;
  assess(input: ScoreInput, options: z.infer<Options>, ports: ScorerPorts): Promise<ScoreOutcome>;
}

export type Scorer<Options extends z.ZodType = z.ZodType> =
  | DeterministicScorer<Options>
  | AskingScorer<Options>;

/** Gives `score` the type of its own options. */
export function defineScorer<Options extends z.ZodType>(
  scorer: Omit<DeterministicScorer<Options>, "kind">,
): DeterministicScorer<Options> {
  return { ...scorer, kind: "deterministic" };
}

/** Gives `assess` the type of its own options. */
export function defineAskingScorer<Options extends z.ZodType>(
  scorer: AskingScorer<Options>,
): AskingScorer<Options> {
  return scorer;
}

/** A score, which rounding must not carry out of 0..1. */
export function scored(score: number, detail?: string): ScoreOutcome {
  const bounded = Math.min(1, Math.max(0, score));
  return detail === undefined
    ? { status: "scored", score: bounded }
    : { status: "scored", score: bounded, detail };
}

/** A score with what was measured, in the unit of the scorer's `measure`. */
export function measured(score: number, value: number, detail?: string): ScoreOutcome {
  return { ...scored(score, detail), value } as ScoreOutcome;
}

export function notScored(reason: string): ScoreOutcome {
  return { status: "not_scored", reason };
}
