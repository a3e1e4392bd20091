export { type AdapterFacts, checkAdapterFile } from "./gguf/check-adapter-file.ts";
export { checkModelFile } from "./gguf/check-model-file.ts";
export { type GgufHeader, readGgufHeader } from "./gguf/read-gguf-header.ts";
export { LLAMA_BUILD } from "./llama/llama-build.ts";
export { type LlamaEngine, type LlamaEngineOptions, openLlamaEngine } from "./llama/llama-engine.ts";
export { buildOf, type EnginesOptions, openEngines } from "./open-engines.ts";
export { HOSTED_BUILD, type HostedEngineOptions, hostIsAllowed, openHostedEngine } from "./openai/index.ts";
export { type AllowedFetch, openAllowedFetch } from "./webhook/allowed-fetch.ts";
export { openWebhookSender, type WebhookSenderOptions } from "./webhook/webhook-sender.ts";
