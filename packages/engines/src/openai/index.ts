export { hostIsAllowed } from "./allowed-hosts.ts";
export type { HostedEngineOptions } from "./openai-engine.ts";
export { HOSTED_BUILD, openHostedEngine } from "./openai-engine.ts";
