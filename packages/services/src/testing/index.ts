export { describeEachPlatform } from "./describe-each-platform.ts";
export { ALLOWED_HOST, callerWith, openTestPlatform, type TestPlatform } from "./open-test-platform.ts";
export { createScriptedEngine, type EngineScript, type ScriptedEngine } from "./scripted-engine.ts";
export { serveRequests } from "./serve-requests.ts";
export { stopClock } from "./stop-clock.ts";
export {
  createToyModelFileChecks,
  streamOf,
  type ToyModelFileChecks,
  toyAdapter,
  toyModel,
} from "./toy-model-files.ts";
export { addSharedToyModel, contentOf, createToyPrompt, uploadToyModel } from "./toy-registry.ts";
