import type {
  EngineFailure,
  GenerateRequest,
  LocalTarget,
  Sampling,
  TokenLogprob,
  TokenUsage,
} from "@assay/core";

/** What a child needs to load its one model. */
export interface ChildSettings {
  modelPath: string;
  gpu: "auto" | false;
  threads: number;
}

/** A request as it crosses the process boundary: no tenant, no signal, and a seed that is always explicit. */
export interface ChildRequest {
  input: GenerateRequest["input"];
  sampling: Sampling & { seed: number };
  responseFormat: GenerateRequest["responseFormat"];
  topLogprobs: number | undefined;
  adapter: LocalTarget["adapter"];
  /** The text's vector is asked for, not what follows it. */
  isEmbedding?: boolean;
}

export type ParentMessage =
  | { type: "open"; settings: ChildSettings }
  | { type: "submit"; id: number; request: ChildRequest }
  | { type: "cancel"; id: number };

/** Totals since the child started: what a test or a metric can learn about how the steps were filled. */
export interface StepCounters {
  steps: number;
  /** Sequences taken part in, summed over the steps: divided by `steps`, the mean occupancy. */
  stepSequences: number;
  prefillTokens: number;
  decodedTokens: number;
  contextsCreated: number;
  contextsEvicted: number;
}

/** How much a loaded model can read: what is longer is refused before it is queued. */
export interface PromptBounds {
  contextTokens: number;
  /** No longer prompt can fit into that many tokens. */
  promptBytesMax: number;
}

export type ChildMessage =
  | { type: "ready"; bounds: PromptBounds }
  | { type: "load_failed"; detail: string }
  | { type: "text"; id: number; text: string; logprobs: TokenLogprob[] | undefined }
  | { type: "done"; id: number; reason: "stop" | "length"; usage: TokenUsage; counters: StepCounters }
  | { type: "embedded"; id: number; vector: number[]; usage: TokenUsage; counters: StepCounters }
  | { type: "failed"; id: number; failure: EngineFailure; usage: TokenUsage; counters: StepCounters }
  /** `stepAgeMs` is how long the step now in progress has taken: a hung device shows here, a hung process by silence. */
  | { type: "heartbeat"; stepAgeMs: number; counters: StepCounters }
  | { type: "log"; level: string; line: string };

export const NO_STEPS: StepCounters = {
  steps: 0,
  stepSequences: 0,
  prefillTokens: 0,
  decodedTokens: 0,
  contextsCreated: 0,
  contextsEvicted: 0,
};
