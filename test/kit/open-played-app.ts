import type { Engine, EngineFailure, GenerateCall, GenerateEvent, GenerateRequest } from "@assay/core";
import { nanoAdapterBytes } from "@assay/engines/testing";
import { openTestApp, type TestApp, type TestTenant } from "./open-test-app.ts";

type Play = (request: GenerateRequest, call: GenerateCall) => AsyncIterable<GenerateEvent> | GenerateEvent[];

interface Asked {
  key?: string;
  path?: string;
  /** Any field of the request's body. */
  [field: string]: unknown;
}

/** An application whose engine plays what the test says, event by event, and a tenant with a prompt in it. */
export interface PlayedApp extends AsyncDisposable {
  app: TestApp;
  acme: TestTenant;
  /** The file of the adapter `lora@1`, which the prompt `triage` pins. */
  adapterSha256: string;
  /** What every generation from now on is made of. */
  play(play: Play): void;
  lastCall(): GenerateCall | undefined;
  /** Asks for a chat with the model `nano` and the tenant's key, unless told otherwise. */
  ask(asked?: Asked): Promise<Response>;
}

export const FINISH: GenerateEvent = {
  type: "finish",
  reason: "stop",
  usage: { promptTokens: 12, completionTokens: 3 },
  queueWaitMs: 41.6,
};

export function textEvents(...words: string[]): GenerateEvent[] {
  return words.map((word) => ({ type: "text", text: word }));
}

export function failedEvent(code: EngineFailure["code"], retryAfterMs?: number): GenerateEvent {
  const failure = { code, message: `it was ${code}`, retryable: true, retryAfterMs };
  return { type: "failed", failure, usage: undefined };
}

export async function openPlayedApp(): Promise<PlayedApp> {
  let play: Play = () => [FINISH];
  let lastCall: GenerateCall | undefined;
  const engine: Engine = {
    async *generate(request, call) {
      lastCall = call;
      yield* play(request, call);
    },
    embed: async ({ texts }) => ({ status: "completed", vectors: texts.map(() => [1, 0]), usage: undefined }),
    status: () => ({ build: "played", queued: 0, active: 0 }),
    close: async () => undefined,
  };
  const app = await openTestApp({ dialect: "sqlite", engine });
  const acme = await app.createTenant("acme");
  const adapterSha256 = await addPrompt(acme);
  return {
    app,
    acme,
    adapterSha256,
    play: (next) => {
      play = next;
    },
    lastCall: () => lastCall,
    ask: ({ key = acme.key, path = "/v1/chat/completions", ...fields } = {}) => {
      const chat = { messages: [{ role: "user", content: "hi" }] };
      const input = path === "/v1/completions" ? { prompt: "Once" } : chat;
      return app.fetch(path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model: "nano", ...input, ...fields }),
      });
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

async function addPrompt({ client }: TestTenant): Promise<string> {
  await client.createAdapter({ slug: "lora", baseModel: "nano" });
  const file = new Blob([nanoAdapterBytes()]);
  const { sha256 } = await client.uploadAdapterVersion({ adapter: "lora", file });
  await client.createPrompt({ slug: "triage" });
  await client.addPromptVersion({
    prompt: "triage",
    content: { messages: [{ role: "system", content: "Sort." }], model: "nano", adapter: "lora@1" },
  });
  return sha256;
}
