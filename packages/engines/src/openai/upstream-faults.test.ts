import { LIMITS } from "@assay/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { failureOf, type HostedCallOptions, textOf, withHostedCall } from "../testing/hosted-call.ts";

const SOON_MS = 40;
const EVENT = 'data: {"choices":[{"index":0,"delta":{"content":"word "}}]}\n\n';

// Streamed for who waits, whole for batch work: what can go wrong on the way, and what follows from it, is the same.
describe.each(["interactive", "batch"] as const)("%s:", (priority) => {
  const withCall = (options: HostedCallOptions, use: Parameters<typeof withHostedCall>[1]): Promise<void> =>
    withHostedCall({ priority, ...options }, use);

  describe("repeating", () => {
    test.each([
      [
        "429 with retry-after",
        { status: 429, fixture: "error-429-rate.json", headers: { "retry-after": "2" } },
        2_000,
      ],
      ["429 without", { status: 429, fixture: "error-429-rate.json" }, 125],
      ["500", { status: 500, fixture: "error-500.html" }, 125],
      ["502", { status: 502, fixture: "error-500.html" }, 125],
      ["503", { status: 503, fixture: "error-503.json" }, 125],
      ["408", { status: 408, fixture: "error-503.json" }, 125],
      ["a reset connection", { refuse: true }, 125],
    ])("%s is tried again after a wait", async (_what, answer, waitMs) => {
      await withCall({ answers: [answer, { fixture: "plain.sse" }] }, async (call) => {
        expect(textOf(await call.events())).toMatch(/^Grüße/);
        expect(call.sleptMs).toEqual([waitMs]);
        expect(call.provider.requests).toHaveLength(2);
        expect(call.provider.requests[1]?.body).toEqual(call.provider.requests[0]?.body);
      });
    });

    test("one policy only: as many requests as attempts are allowed", async () => {
      await withCall({ answers: { status: 503, fixture: "error-503.json" } }, async (call) => {
        expect(await call.events()).toMatchObject([{ type: "failed", failure: { code: "unavailable" } }]);
        expect(call.provider.requests).toHaveLength(LIMITS.upstreamAttemptsMax);
      });
    });

    test("a wait longer than is sensible is left to the caller, who is told", async () => {
      const answers = { status: 429, fixture: "error-429-rate.json", headers: { "retry-after": "3600" } };
      await withCall({ answers }, async (call) => {
        expect(failureOf(await call.events())).toMatchObject({
          code: "rate_limited",
          retryAfterMs: 3_600_000,
        });
        expect(call.provider.requests).toHaveLength(1);
      });
    });

    test.each([
      [400, "error-400-context.json", "context_length_exceeded"],
      [400, "error-400-parameter.json", "unsupported_parameter"],
      [401, "error-401.json", "unauthorized"],
      [404, "error-404.json", "invalid_request"],
      [429, "error-429-quota.json", "rate_limited"],
    ])("%i with %s is not tried again", async (status, fixture, code) => {
      await withCall({ answers: { status, fixture } }, async (call) => {
        expect(failureOf(await call.events())).toMatchObject({ code, retryable: false });
        expect(call.provider.requests).toHaveLength(1);
      });
    });

    test.each([
      ["cut in the middle of a frame", { fixture: "cut-mid-frame.sse" }, "upstream_error"],
      [
        "reset in the middle of a frame",
        { fixture: "cut-mid-frame.sse", ending: "cut" as const },
        "upstream_error",
      ],
      ["a garbage line", { fixture: "garbage-line.sse" }, "upstream_error"],
      ["an error event", { fixture: "error-event.sse" }, "upstream_error"],
      ["an end without a reason", { body: EVENT }, "upstream_error"],
      ["a comment and a reset", { body: ": ping\n\n", ending: "cut" as const }, "upstream_error"],
      ["a first event that is an error", { body: 'data: {"error":{"message":"no"}}\n\n' }, "upstream_error"],
    ])("nothing is sent again once the answer began: %s", async (_what, answer, code) => {
      await withCall({ answers: [answer, { fixture: "plain.sse" }] }, async (call) => {
        const events = await call.events();
        expect(failureOf(events)).toMatchObject({ code, retryable: true });
        expect(events.filter((event) => event.type !== "text")).toHaveLength(1);
        expect(call.provider.requests).toHaveLength(1);
      });
    });
  });

  describe("bounds", () => {
    test.each([
      {
        never: "goes on after its headers",
        answers: { ending: "hang" as const },
        timeouts: { idleMs: SOON_MS },
        message: /middle/,
      },
      {
        never: "goes on after an event",
        answers: { body: EVENT, ending: "hang" as const },
        timeouts: { idleMs: SOON_MS },
        message: /middle/,
      },
      {
        never: "ends",
        answers: { body: endless(10) },
        timeouts: { totalMs: SOON_MS * 4 },
        message: /finish/,
      },
      {
        never: "ends its error",
        answers: { status: 500, body: "x", ending: "hang" as const },
        timeouts: { idleMs: SOON_MS },
        message: /middle/,
      },
    ])("a provider that never $never is left", async ({ answers, timeouts, message }) => {
      await withCall({ answers, timeouts }, async ({ events, provider, engine }) => {
        const failure = failureOf(await events());
        expect(failure).toMatchObject({ code: "timeout", retryable: true });
        expect(failure?.message).toMatch(message);
        expect(provider.requests).toHaveLength(1);
        expect(await provider.requests[0]?.clientLeft).toBe(true);
        expect(engine.status().active).toBe(0);
      });
    });

    test("a provider that never begins is left", async () => {
      // Time passes once the provider has the request, however long that takes.
      vi.useFakeTimers({ toFake: ["setTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      const answers = () => {
        setImmediate(() => vi.advanceTimersByTime(SOON_MS));
        return { ending: "hang" as const, delayMs: 5_000 };
      };
      // What comes whole begins when it is made: there is only the end to wait for.
      const [timeouts, message] =
        priority === "interactive" ? [{ firstByteMs: SOON_MS }, /begin/] : [{ totalMs: SOON_MS }, /finish/];
      await withCall({ answers, timeouts }, async ({ events, provider, engine }) => {
        const failure = failureOf(await events());
        expect(failure).toMatchObject({ code: "timeout", retryable: true });
        expect(failure?.message).toMatch(message);
        expect(provider.requests).toHaveLength(1);
        expect(await provider.requests[0]?.clientLeft).toBe(true);
        expect(engine.status().active).toBe(0);
      });
    });

    test("an answer without end is cut at the bound and the provider is left", async () => {
      await withCall({ answers: { body: endless() }, answerBytesMax: 20_000 }, async (call) => {
        const events = await call.events();
        expect(failureOf(events)).toMatchObject({
          code: "upstream_error",
          message: expect.stringContaining("larger"),
          retryable: false,
        });
        expect(textOf(events).length).toBeLessThan(20_000);
        expect(await call.provider.requests[0]?.clientLeft).toBe(true);
      });
    });

    test("one event without end is cut at the bound", async () => {
      const body = endless(0, "x".repeat(1_000));
      await withCall({ answers: { body }, answerBytesMax: 20_000 }, async ({ events }) => {
        expect(failureOf(await events())).toMatchObject({
          code: "upstream_error",
          message: expect.stringContaining("larger"),
        });
      });
    });

    test("a slow reader slows the provider down instead of filling memory", async () => {
      let written = 0;
      const body = (async function* () {
        for (;;) {
          written += 64_000;
          yield `data: {"choices":[{"index":0,"delta":{"content":"${"x".repeat(63_950)}"}}]}\n\n`;
        }
      })();
      await withCall({ answers: { body } }, async ({ stream }) => {
        for await (const event of stream()) {
          expect(event.type).toBe("text");
          await expect.poll(() => settled(() => written), { timeout: 20_000, interval: 50 }).toBe(true);
          break;
        }
        // What the two sockets' buffers hold, and no more: far below the bound on an answer.
        expect(written).toBeLessThan(LIMITS.upstreamAnswerBytesMax / 2);
      });
    });
  });

  describe("cancelling", () => {
    test("before the answer began, the provider is left at once and not asked again", async () => {
      const abort = new AbortController();
      const script = () => {
        abort.abort();
        return { ending: "hang" as const, delayMs: 50 };
      };
      await withCall({ answers: script }, async ({ events, provider }) => {
        expect(failureOf(await events({}, abort.signal))).toMatchObject({
          code: "cancelled",
          retryable: false,
        });
        expect(provider.requests).toHaveLength(1);
        expect(await provider.requests[0]?.clientLeft).toBe(true);
      });
    });

    test("in the middle, the provider's socket closes", async () => {
      const abort = new AbortController();
      await withCall({ answers: { body: EVENT, ending: "hang" } }, async ({ stream, provider }) => {
        const seen: string[] = [];
        for await (const event of stream({}, abort.signal)) {
          seen.push(event.type === "failed" ? event.failure.code : event.type);
          // Later, while the engine waits for the provider.
          setImmediate(() => abort.abort());
        }
        expect(seen).toEqual(["text", "cancelled"]);
        expect(await provider.requests[0]?.clientLeft).toBe(true);
      });
    });

    test("after the last text and before the end, it is still cancelled and not finished", async () => {
      const abort = new AbortController();
      const last = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
      const body = (async function* () {
        yield EVENT;
        yield last;
        setTimeout(() => abort.abort(), SOON_MS);
      })();
      await withCall({ answers: { body, ending: "hang" } }, async ({ events }) => {
        expect(failureOf(await events({}, abort.signal))).toMatchObject({ code: "cancelled" });
      });
    });

    test("a reader that leaves closes the provider's socket", async () => {
      await withCall({ answers: { body: EVENT, ending: "hang" } }, async ({ stream, provider }) => {
        for await (const event of stream()) {
          expect(event.type).toBe("text");
          break;
        }
        expect(await provider.requests[0]?.clientLeft).toBe(true);
      });
    });

    test("between two attempts, the wait ends", async () => {
      const abort = new AbortController();
      const sleep = (_ms: number, signal: AbortSignal) => {
        abort.abort();
        expect(signal.aborted).toBe(true);
        return Promise.reject(signal.reason);
      };
      await withCall({ answers: { status: 503, fixture: "error-503.json" }, sleep }, async (call) => {
        expect(failureOf(await call.events({}, abort.signal))).toMatchObject({ code: "cancelled" });
        expect(call.provider.requests).toHaveLength(1);
      });
    });

    test("closing the engine ends what is under way", async () => {
      await withCall({ answers: { body: EVENT, ending: "hang" } }, async ({ stream, engine, provider }) => {
        const codes: string[] = [];
        for await (const event of stream()) {
          if (event.type === "text") await engine.close();
          if (event.type === "failed") codes.push(event.failure.code);
        }
        expect(codes).toEqual(["unavailable"]);
        expect(await provider.requests[0]?.clientLeft).toBe(true);
      });
    });
  });
});

describe("an answer that somebody waits for", () => {
  test.each([
    ["html", { fixture: "error-500.html" }],
    ["json", { fixture: "error-503.json" }],
    ["no type", { headers: { "content-type": "" }, body: EVENT }],
  ])("an answer that is %s instead of an event stream fails", async (_what, answers) => {
    await withHostedCall({ answers }, async ({ events, provider }) => {
      expect(failureOf(await events())).toMatchObject({
        code: "upstream_error",
        message: expect.stringContaining("event stream"),
      });
      expect(provider.requests).toHaveLength(1);
    });
  });
});

async function* endless(pauseMs = 0, piece = EVENT): AsyncGenerator<string> {
  for (;;) {
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    yield piece;
  }
}

/** Has a count stopped growing? */
async function settled(count: () => number): Promise<boolean> {
  const before = count();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return before > 0 && count() === before;
}
