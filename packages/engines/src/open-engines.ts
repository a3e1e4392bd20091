import type {
  EmbedOutcome,
  EmbedRequest,
  Engine,
  EngineTarget,
  GenerateCall,
  GenerateEvent,
  GenerateOutcome,
  GenerateRequest,
} from "@assay/core";
import { generateWhole } from "@assay/core";
import { LLAMA_BUILD } from "./llama/llama-build.ts";
import { type LlamaEngineOptions, openLlamaEngine } from "./llama/llama-engine.ts";
import { HOSTED_BUILD, type HostedEngineOptions, openHostedEngine } from "./openai/index.ts";

export interface EnginesOptions {
  llama?: LlamaEngineOptions;
  hosted: HostedEngineOptions;
}

/** One engine for every target: local models by llama.cpp, hosted ones through their connection. */
export function openEngines(options: EnginesOptions): Engine {
  const local = openLlamaEngine(options.llama);
  const hosted = openHostedEngine(options.hosted);
  return {
    generate(request: GenerateRequest, call: GenerateCall): AsyncIterable<GenerateEvent> {
      return (request.target.kind === "local" ? local : hosted).generate(request, call);
    },
    generateWhole(request: GenerateRequest, call: GenerateCall): Promise<GenerateOutcome> {
      return generateWhole(request.target.kind === "local" ? local : hosted, request, call);
    },
    embed(request: EmbedRequest, call: GenerateCall): Promise<EmbedOutcome> {
      return (request.target.kind === "local" ? local : hosted).embed(request, call);
    },
    status() {
      const [one, other] = [local.status(), hosted.status()];
      return {
        build: `${one.build}; ${other.build}`,
        queued: one.queued + other.queued,
        active: one.active + other.active,
      };
    },
    async close() {
      await Promise.all([local.close(), hosted.close()]);
    },
  };
}

/** Names the code that turns a request for this target into tokens: part of the evidence of every run. */
export function buildOf(target: Pick<EngineTarget, "kind">): string {
  return target.kind === "local" ? LLAMA_BUILD : HOSTED_BUILD;
}
