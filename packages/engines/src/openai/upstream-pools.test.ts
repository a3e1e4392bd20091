import { LIMITS } from "@assay/core";
import { describe, expect, test } from "vitest";
import { withHostedCall } from "../testing/hosted-call.ts";

describe("a tenant with many calls under way", () => {
  test("is refused one more at once, keeps some for who waits, and takes nothing from others", async () => {
    const opened: AbortController[] = [];
    await withHostedCall({ answers: { ending: "hang" } }, async ({ engine, target, provider }) => {
      const call = (tenantId: string, priority: "interactive" | "batch") => {
        const abort = new AbortController();
        opened.push(abort);
        const request = { target, input: { messages: [{ role: "user" as const, content: "hi" }] } };
        const events = engine.generate(
          { ...request, sampling: {} },
          { tenantId, priority, signal: abort.signal },
        );
        return events[Symbol.asyncIterator]().next();
      };
      const forBatch = LIMITS.upstreamCallsPerTenantMax - LIMITS.upstreamCallsKeptForPeople;
      const underWay = Array.from({ length: forBatch }, () => call("ten_1", "batch"));
      await expect.poll(() => provider.requests.length, { timeout: 20_000 }).toBe(forBatch);
      const failure = { code: "queue_full", retryable: true, isOfTenantAlone: true };
      const full = { value: { type: "failed", failure } };
      expect(await call("ten_1", "batch")).toMatchObject(full);
      const waiting = Array.from({ length: LIMITS.upstreamCallsKeptForPeople }, () =>
        call("ten_1", "interactive"),
      );
      const other = call("ten_2", "batch");
      await expect
        .poll(() => provider.requests.length, { timeout: 20_000 })
        .toBe(LIMITS.upstreamCallsPerTenantMax + 1);
      expect(await call("ten_1", "interactive")).toMatchObject(full);
      for (const abort of opened) abort.abort();
      await Promise.all([...underWay, ...waiting, other]);
      // What was left is free again.
      const again = call("ten_1", "batch");
      await expect
        .poll(() => provider.requests.length, { timeout: 20_000 })
        .toBe(LIMITS.upstreamCallsPerTenantMax + 2);
      opened.at(-1)?.abort();
      await again;
    });
  }, 60_000);

  test("shares no socket with another tenant or another connection", async () => {
    await withHostedCall({ answers: { fixture: "plain.sse" } }, async ({ engine, target, provider }) => {
      const request = {
        target,
        input: { messages: [{ role: "user" as const, content: "hi" }] },
        sampling: {},
      };
      const signal = new AbortController().signal;
      for (const [tenantId, connectionId] of [
        ["ten_1", "con_1"],
        ["ten_2", "con_1"],
        ["ten_1", "con_2"],
      ] as const) {
        const one = { ...request, target: { ...target, connectionId } };
        for await (const _ of engine.generate(one, { tenantId, priority: "interactive", signal }));
      }
      expect(new Set(provider.requests.map(({ clientPort }) => clientPort)).size).toBe(3);
    });
  });
});
