import { invariant, LIMITS } from "@assay/core";
import {
  type ChatWrapper,
  getLlama,
  JinjaTemplateChatWrapper,
  type Llama,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from "node-llama-cpp";
import { checkModelHeader } from "../../gguf/check-model-file.ts";
import { type GgufHeader, readGgufHeader } from "../../gguf/read-gguf-header.ts";
import type { ChildSettings } from "../child-messages.ts";

/** A vocabulary of single letters still reads what it has no letter for, as a token each. */
const TOKEN_BYTES_MIN = 16;

export interface LoadedModel {
  llama: Llama;
  model: LlamaModel;
  chat: ChatWrapper;
  threads: number;
  /** What a prompt and its answer may take together, in tokens. */
  contextTokens: number;
  /** No longer prompt can fit: the context filled with the vocabulary's longest token. */
  promptBytesMax: number;
  /** One more than the largest token id. */
  vocabularySize: number;
}

export async function loadModel(
  { modelPath, gpu, threads }: ChildSettings,
  log: (level: string, line: string) => void,
): Promise<LoadedModel> {
  // The library's own parser may wait for ever on a file that ends early; ours refuses it first.
  const header = await readGgufHeader(modelPath);
  checkModelHeader(header);
  const llama = await getLlama({ gpu, build: "never", skipDownload: true, logger: log });
  const model = await llama.loadModel({ modelPath, ...(gpu === false ? { gpuLayers: 0 } : {}) });
  const contextTokens = Math.min(model.trainContextSize, LIMITS.engineContextTokensMax);
  return {
    llama,
    model,
    chat: chatOf(model),
    threads,
    contextTokens,
    promptBytesMax: contextTokens * Math.max(TOKEN_BYTES_MIN, longestTokenBytes(header)),
    vocabularySize: vocabularySizeOf(model),
  };
}

/** The model's own chat template where it has one; otherwise the best guess of the library. */
function chatOf(model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (template?.trim()) {
    try {
      return new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
    } catch {
      // A template that the engine cannot run: the fallback recognises the common ones by their marks.
    }
  }
  return resolveChatWrapper(model, { noJinja: true, warningLogs: false });
}

/** At least the text of the longest token: files write some bytes as longer marks. */
function longestTokenBytes({ metadata }: GgufHeader): number {
  const tokens = metadata.get("tokenizer.ggml.tokens");
  invariant(typeof tokens === "object", "a checked model has a vocabulary");
  return tokens.longestBytes;
}

function vocabularySizeOf(model: LlamaModel): number {
  let largest = -1;
  for (const token of model.iterateAllTokens()) largest = Math.max(largest, token as Token & number);
  return largest + 1;
}
