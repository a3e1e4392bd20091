export { costMicros } from "./cost-micros.ts";
export { createChatGeneration, createTextGeneration } from "./create-generation.ts";
export { createPlaygroundGeneration } from "./create-playground-generation.ts";
export type { Generation } from "./generate.ts";
export { listServableModels } from "./list-servable-models.ts";
