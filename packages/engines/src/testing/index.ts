export {
  type NanoFiles,
  nanoAdapterBytes,
  nanoModelBytes,
  writeNanoFiles,
} from "../llama/testing/nano-model.ts";
export type { EngineUnderTest, OpenedEngine } from "./engine-contract.ts";
export { engineContract } from "./engine-contract.ts";
export type { FakeAnswer, FakeEngine, FakeEngineOptions } from "./fake-engine.ts";
export { createFakeEngine } from "./fake-engine.ts";
export type { RecordedExchange } from "./recorded-engine.ts";
export { exchangeKey, openRecordedEngine, recordExchanges } from "./recorded-engine.ts";
export type { StandInModelOptions } from "./stand-in-model.ts";
export { standInModel } from "./stand-in-model.ts";
export type { StandInAnswer, StandInProvider, StandInRequest, StandInScript } from "./stand-in-provider.ts";
export { readFixture, startStandInProvider } from "./stand-in-provider.ts";
