import { collectOutcome, type GenerateCall, type HostedTarget } from "@assay/core";
import { expect, test } from "vitest";
import { buildOf, HOSTED_BUILD, LLAMA_BUILD, openEngines } from "./index.ts";
import { writeNanoFiles } from "./llama/testing/nano-model.ts";
import { standInModel, startStandInProvider } from "./testing/index.ts";

const call: GenerateCall = {
  tenantId: "ten_a",
  priority: "interactive",
  signal: new AbortController().signal,
};

test("each target is served by the engine of its kind, and names that engine's build", async () => {
  const files = await writeNanoFiles();
  const provider = await startStandInProvider({ script: standInModel() });
  const engine = openEngines({ hosted: { allowedHosts: [new URL(provider.baseUrl).origin] } });
  const hosted: HostedTarget = {
    kind: "hosted",
    connectionKind: "openai-compatible",
    connectionId: "con_a",
    baseUrl: provider.baseUrl,
    secret: undefined,
    providerModel: "any",
  };
  const sampling = { temperature: 0, maxTokens: 3 };
  for (const target of [files.base, hosted]) {
    const input = { messages: [{ role: "user" as const, content: "hello" }] };
    expect(await collectOutcome(engine.generate({ target, input, sampling }, call))).toMatchObject({
      status: "completed",
      usage: { completionTokens: 3 },
    });
  }
  expect(provider.requests).toHaveLength(1);
  expect([buildOf(files.base), buildOf(hosted)]).toEqual([LLAMA_BUILD, HOSTED_BUILD]);
  expect(engine.status()).toEqual({ build: `${LLAMA_BUILD}; ${HOSTED_BUILD}`, queued: 0, active: 0 });
  await engine.close();
  await provider.close();
  await files.remove();
});
