export { type AdapterFacts, checkAdapterFile } from "./gguf/check-adapter-file.ts";
export { checkModelFile } from "./gguf/check-model-file.ts";
export { type GgufHeader, readGgufHeader } from "./gguf/read-gguf-header.ts";
export { LLAMA_BUILD } from "./llama/llama-build.ts";
