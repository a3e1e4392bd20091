import type { ChatCompletionRequest } from "@assay/core";
import type { Context } from "../../context.ts";
import { createChatGeneration } from "../../serving/create-generation.ts";
import { addSharedToyModel, createToyPrompt, type TestPlatform } from "../../testing/index.ts";

/** Two tenants, each with the prompts `triage` and `other`, on a scripted model and with a clock that can be moved. */
export interface TracedWorld extends AsyncDisposable {
  test: TestPlatform;
  airline: Context;
  bank: Context;
  passMs(ms: number): void;
  /** Asks and reads the whole answer; the id of the trace. */
  ask(context: Context, request?: Partial<ChatCompletionRequest>): Promise<string>;
}

export async function openTracedWorld(open: () => Promise<TestPlatform>): Promise<TracedWorld> {
  const test = await open();
  const { airline, bank } = await test.twoTenants();
  await addSharedToyModel(test.operator, "base");
  for (const tenant of [airline, bank]) {
    for (const slug of ["triage", "other"])
      await createToyPrompt(tenant, slug, { model: "base", texts: ["One."] });
  }
  let passedMs = 0;
  test.platform.now = () => new Date(Date.now() + passedMs);
  return {
    test,
    airline,
    bank,
    passMs: (ms) => {
      passedMs += ms;
    },
    ask: async (context, request = {}) => {
      const body = {
        model: "prompt:triage@1",
        messages: [{ role: "user" as const, content: "hi" }],
        ...request,
      };
      const { traceId, events } = await createChatGeneration(context, body, new AbortController().signal);
      for await (const _ of events);
      return traceId;
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}
