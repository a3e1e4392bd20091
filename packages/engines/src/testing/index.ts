export type { FakeAnswer, FakeEngine, FakeEngineOptions } from "./fake-engine.ts";
export { createFakeEngine } from "./fake-engine.ts";
export type { RecordedExchange } from "./recorded-engine.ts";
export { exchangeKey, openRecordedEngine, recordExchanges } from "./recorded-engine.ts";
