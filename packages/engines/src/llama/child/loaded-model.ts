import { LIMITS } from "@assay/core";
import {
  type ChatWrapper,
  getLlama,
  JinjaTemplateChatWrapper,
  type Llama,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from "node-llama-cpp";
import { checkModelFile } from "../../gguf/check-model-file.ts";
import type { ChildSettings } from "../child-messages.ts";

export interface LoadedModel {
  llama: Llama;
  model: LlamaModel;
  chat: ChatWrapper;
  threads: number;
  /** What a prompt and its answer may take together, in tokens. */
  contextTokens: number;
  /** One more than the largest token id. */
  vocabularySize: number;
}

export async function loadModel(
  { modelPath, gpu, threads }: ChildSettings,
  log: (level: string, line: string) => void,
): Promise<LoadedModel> {
  // The library's own parser may wait for ever on a file that ends early; ours refuses it first.
  await checkModelFile(modelPath);
  const llama = await getLlama({ gpu, build: "never", skipDownload: true, logger: log });
  const model = await llama.loadModel({ modelPath, ...(gpu === false ? { gpuLayers: 0 } : {}) });
  return {
    llama,
    model,
    chat: chatOf(model),
    threads,
    contextTokens: Math.min(model.trainContextSize, LIMITS.engineContextTokensMax),
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

function vocabularySizeOf(model: LlamaModel): number {
  let largest = -1;
  for (const token of model.iterateAllTokens()) largest = Math.max(largest, token as Token & number);
  return largest + 1;
}
