import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { GenerateRequest } from "@assay/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { failureOf, textOf, withHostedCall } from "../testing/hosted-call.ts";
import { readFixture } from "../testing/stand-in-provider.ts";
import { HOSTED_BUILD } from "./openai-engine.ts";

const INTENT: GenerateRequest["responseFormat"] = {
  type: "json_schema",
  json_schema: {
    name: "intent",
    schema: { type: "object", properties: { intent: { enum: ["refund", "other"] } }, required: ["intent"] },
  },
};

describe("answers", () => {
  test.each(["plain.sse", "plain-crlf.sse", "keep-alive.sse", "without-done.sse"])(
    "%s is read whole",
    async (fixture) => {
      await withHostedCall({ answers: { fixture } }, async ({ events }) => {
        const answer = await events();
        expect(textOf(answer)).toBe("Grüße aus 東京 – ok 👍🏽");
        const usage = { promptTokens: 19, completionTokens: 5, cachedPromptTokens: 16 };
        expect(answer.at(-1)).toEqual({ type: "finish", reason: "stop", usage, queueWaitMs: 0 });
      });
    },
  );

  test("an upstream that reports no usage leaves it unknown", async () => {
    await withHostedCall({ answers: { fixture: "without-usage.sse" } }, async ({ events }) => {
      expect((await events()).at(-1)).toMatchObject({ type: "finish", usage: undefined });
    });
  });

  test("usage that comes in the middle is kept", async () => {
    const usage = { prompt_tokens: 7, completion_tokens: 1, total_tokens: 8 };
    const chunks = [
      { choices: [{ index: 0, delta: { content: "yes" } }], usage },
      { choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: null },
    ];
    const body = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
    await withHostedCall({ answers: { body } }, async ({ events }) => {
      expect((await events()).at(-1)).toMatchObject({ usage: { promptTokens: 7, completionTokens: 1 } });
    });
  });

  test("tool calls are gathered and yielded whole, in order, before the finish", async () => {
    await withHostedCall({ answers: { fixture: "tools.sse" } }, async ({ events }) => {
      const find = { name: "find_booking", arguments: '{"code":"QX7"}' };
      expect(await events()).toMatchObject([
        { type: "tool_call", index: 0, call: { id: "call_DdmO9pD3xa9XTPNJ32zg2hcA", function: find } },
        {
          type: "tool_call",
          index: 1,
          call: { id: "call_8pA2", function: { name: "seat_map", arguments: "{}" } },
        },
        { type: "finish", reason: "tool_calls" },
      ]);
    });
  });

  test("Azure's first chunk without choices is passed over", async () => {
    await withHostedCall({ answers: { fixture: "azure.sse" } }, async ({ events }) => {
      expect(await events()).toMatchObject([{ text: "Hello" }, { text: " there" }, { reason: "stop" }]);
    });
  });

  test("log probabilities come with their text", async () => {
    await withHostedCall({ answers: { fixture: "logprobs.sse" } }, async ({ events }) => {
      const top = [
        { token: "yes", logprob: -0.25 },
        { token: "no", logprob: -1.5 },
      ];
      expect((await events({ topLogprobs: 2 }))[0]).toEqual({
        type: "text",
        text: "yes",
        logprobs: [{ token: "yes", logprob: -0.25, top }],
      });
    });
  });

  test.each([
    ["length.sse", "length"],
    ["content-filter.sse", "content_filter"],
  ])("%s finishes with reason %s", async (fixture, reason) => {
    await withHostedCall({ answers: { fixture } }, async ({ events }) => {
      expect((await events({ responseFormat: INTENT })).at(-1)).toMatchObject({ type: "finish", reason });
    });
  });

  test("a refusal is a failure with its words and its usage", async () => {
    await withHostedCall({ answers: { fixture: "refusal.sse" } }, async ({ events }) => {
      expect(await events()).toEqual([
        {
          type: "failed",
          failure: {
            code: "refused_by_provider",
            message: "The model refused: I'm sorry, I cannot assist with that request.",
            retryable: false,
          },
          usage: { promptTokens: 40, completionTokens: 11, cachedPromptTokens: 0 },
        },
      ]);
    });
  });

  test("an answer is checked against its JSON Schema, whatever the provider promised", async () => {
    await withHostedCall(
      { answers: [{ fixture: "json-answer.sse" }, { fixture: "json-broken.sse" }] },
      async (call) => {
        expect((await call.events({ responseFormat: INTENT })).at(-1)).toMatchObject({ type: "finish" });
        const broken = await call.events({ responseFormat: INTENT });
        expect(textOf(broken)).toBe('{"intent":"poetry"}');
        expect(failureOf(broken)).toMatchObject({ code: "schema_violated", retryable: false });
        expect(broken.at(-1)).toMatchObject({ usage: { completionTokens: 6 } });
      },
    );
  });

  test("a schema that does not compile is refused before anything is sent", async () => {
    await withHostedCall({ answers: { fixture: "plain.sse" } }, async ({ events, provider }) => {
      const broken = {
        type: "json_schema" as const,
        json_schema: { name: "x", schema: { type: "nothing" } },
      };
      expect(failureOf(await events({ responseFormat: broken }))).toMatchObject({ code: "invalid_request" });
      expect(provider.requests).toEqual([]);
    });
  });

  test("a plain text is continued by the legacy endpoint of a compatible server", async () => {
    const target = { connectionKind: "openai-compatible" as const };
    await withHostedCall({ answers: { fixture: "completion.sse" }, target }, async ({ events, provider }) => {
      const answer = await events({ input: { text: "Once upon" } });
      expect(textOf(answer)).toBe(" a time there");
      expect(answer.at(-1)).toMatchObject({
        reason: "stop",
        usage: { promptTokens: 3, completionTokens: 2 },
      });
      expect(provider.requests[0]).toMatchObject({ path: "/v1/completions", body: { prompt: "Once upon" } });
    });
  });

  test("a connection is used again by the calls that follow", async () => {
    // The end of the body comes some time after `[DONE]`, as it does from providers behind proxies.
    const body = {
      async *[Symbol.asyncIterator]() {
        yield await readFixture("plain.sse");
        for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      },
    };
    await withHostedCall({ answers: { body } }, async ({ events, provider }) => {
      for (let call = 0; call < 10; call += 1) await events();
      // Not always one: a call may start before the connection is back in Node's pool. Never one each.
      expect(new Set(provider.requests.map((request) => request.clientPort)).size).toBeLessThan(10);
    });
  });
});

describe("what leaves the house", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("the key goes in the header of its kind, and nothing of the environment comes along", async () => {
    vi.stubEnv("OPENAI_API_KEY", "canary-environment");
    vi.stubEnv("OPENAI_ORG_ID", "canary-environment");
    vi.stubEnv("OPENAI_PROJECT_ID", "canary-environment");
    vi.stubEnv("OPENAI_BASE_URL", "https://canary-environment.example/v1");
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "x-canary: canary-environment");
    vi.stubEnv("AZURE_OPENAI_API_KEY", "canary-environment");
    await withHostedCall({ answers: { fixture: "plain.sse" } }, async ({ events, provider, target }) => {
      await events();
      await events({ target: { ...target, connectionKind: "openai-compatible", secret: undefined } });
      const azure = { ...target, connectionKind: "azure-openai" as const, apiVersion: "2024-10-21" };
      await events({ target: { ...azure, baseUrl: provider.origin, providerModel: "my deployment" } });
      const [openai, open, deployed] = provider.requests;
      expect(openai?.headers.authorization).toBe("Bearer canary-provider-secret");
      expect(open?.headers).not.toHaveProperty("authorization");
      expect(deployed?.headers["api-key"]).toBe("canary-provider-secret");
      expect(deployed?.headers).not.toHaveProperty("authorization");
      expect(deployed?.path).toBe(
        "/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21",
      );
      const sent = JSON.stringify(provider.requests.map(({ headers, path, body }) => [headers, path, body]));
      expect(sent).not.toContain("canary-environment");
      expect(sent).not.toContain("stainless");
    });
  });

  test("Azure's newer address needs no API version, its older one does", async () => {
    const target = { connectionKind: "azure-openai" as const };
    await withHostedCall({ answers: { fixture: "azure.sse" }, target }, async (call) => {
      const { events, provider } = call;
      expect(failureOf(await events())).toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining("API version"),
      });
      const newer = { ...call.target, baseUrl: `${provider.origin}/openai/v1` };
      expect(textOf(await events({ target: newer }))).toBe("Hello there");
      expect(provider.requests.map((request) => request.path)).toEqual(["/openai/v1/chat/completions"]);
    });
  });

  test("a host that is not allowed is sent nothing", async () => {
    await withHostedCall(
      { answers: { fixture: "plain.sse" }, allowedHosts: ["api.openai.com"] },
      async (call) => {
        expect(failureOf(await call.events())).toMatchObject({ code: "invalid_request", retryable: false });
        expect(call.provider.requests).toEqual([]);
      },
    );
  });

  test("an address that is none is refused, whoever allows it", async () => {
    await withHostedCall({ answers: {}, target: { baseUrl: "not an address" } }, async ({ events }) => {
      expect(failureOf(await events())).toMatchObject({ code: "invalid_request" });
    });
    const anything = { answers: {}, target: { baseUrl: "not an address" }, allowedHosts: () => true };
    await withHostedCall(anything, async ({ events }) => {
      expect(failureOf(await events())).toMatchObject({ code: "invalid_request" });
    });
  });

  test("the address that is really called is asked about again", async () => {
    const allowedHosts = (url: string) => !url.includes("/chat/completions");
    await withHostedCall(
      { answers: { fixture: "plain.sse" }, allowedHosts },
      async ({ events, provider }) => {
        expect(failureOf(await events())).toMatchObject({ code: "invalid_request" });
        expect(provider.requests).toEqual([]);
      },
    );
  });

  test.each(["openai", "azure-openai"] as const)(
    "a redirect is not followed (%s)",
    async (connectionKind) => {
      const elsewhere: string[] = [];
      await withHostedCall({ answers: { fixture: "plain.sse" } }, async (other) => {
        const answers = { status: 307, headers: { location: `${other.provider.baseUrl}/chat/completions` } };
        const target = { connectionKind, apiVersion: "2024-10-21" };
        await withHostedCall({ answers, target }, async ({ events, provider }) => {
          const failure = failureOf(await events());
          expect(failure).toMatchObject({
            code: "upstream_error",
            message: expect.stringContaining("redirect"),
            retryable: false,
          });
          expect(provider.requests).toHaveLength(1);
        });
        elsewhere.push(...other.provider.requests.map((request) => request.path));
      });
      expect(elsewhere).toEqual([]);
    },
  );

  test("the log says which connection failed and how, and nothing of the request", async () => {
    const lines: unknown[] = [];
    const answers = [{ status: 503, fixture: "error-503.json" }, { fixture: "plain.sse" }];
    await withHostedCall({ answers, log: (line) => lines.push(line) }, async ({ events }) => {
      await events();
      expect(lines).toEqual([{ connectionId: "con_1", attempt: 1, code: "unavailable", retryInMs: 125 }]);
    });
  });

  test("nothing is printed, whatever the provider sends", async () => {
    vi.stubEnv("OPENAI_LOG", "debug");
    const print = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    await withHostedCall({ answers: { fixture: "garbage-line.sse" } }, async ({ events }) => {
      await events();
      for (const spy of print) expect(spy).not.toHaveBeenCalled();
    });
    vi.restoreAllMocks();
  });
});

test("what is sent changes only together with the build's name", async () => {
  const full: Partial<GenerateRequest> = {
    sampling: { temperature: 0.5, topP: 0.9, maxTokens: 8, seed: 7, stop: ["END"] },
    responseFormat: INTENT,
    tools: [{ type: "function", function: { name: "find", parameters: { type: "object" } } }],
    toolChoice: "auto",
    topLogprobs: 2,
  };
  const hash = createHash("sha256");
  for (const priority of ["interactive", "batch"] as const) {
    for (const connectionKind of ["openai", "azure-openai", "openai-compatible"] as const) {
      const target = { connectionKind, apiVersion: "2024-10-21" };
      await withHostedCall({ priority, target, answers: { fixture: "plain.sse" } }, async (call) => {
        await call.events(full);
        const { headers, path, body } = call.provider.requests[0] ?? {};
        // The port is the test's own.
        hash.update(JSON.stringify([{ ...headers, host: "" }, path, body]));
      });
    }
  }
  expect([HOSTED_BUILD, hash.digest("hex").slice(0, 16)]).toEqual(["assay-hosted 2", "b74be8a72e375249"]);
});
