import { collectOutcome, LIMITS } from "@assay/core";
import { expect, test } from "vitest";
import { openLlamaEngine } from "./llama-engine.ts";
import { callOf, requestOn } from "./testing/generations.ts";
import { writeNanoFiles } from "./testing/nano-model.ts";

test("a refusal says whether the tenant's own line is full or everybody's", async () => {
  const files = await writeNanoFiles({ contextTokens: 2_048 });
  const engine = openLlamaEngine();
  const gone = new AbortController();
  const ask = (tenantId: string) =>
    collectOutcome(engine.generate(requestOn(files.base), callOf(tenantId, gone.signal)));
  const fill = (tenantId: string) =>
    Array.from({ length: LIMITS.engineQueuePerTenantMax }, () => ask(tenantId));
  try {
    const waiting = fill("ten_0");
    const alone = await ask("ten_0");
    expect(alone).toMatchObject({ failure: { code: "queue_full", isOfTenantAlone: true } });
    const tenants = LIMITS.engineQueueMax / LIMITS.engineQueuePerTenantMax;
    for (let tenant = 1; engine.status().queued < LIMITS.engineQueueMax; tenant += 1) {
      expect(tenant).toBeLessThan(2 * tenants);
      waiting.push(...fill(`ten_${tenant}`));
    }
    expect(await ask("ten_last")).toMatchObject({ failure: { code: "queue_full", isOfTenantAlone: false } });
    gone.abort();
    await Promise.all(waiting);
  } finally {
    await engine.close();
    await files.remove();
  }
});
