import { FEEDBACK_TOKEN_HEADER, LIMITS, OpenAiError } from "@assay/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { FINISH, openPlayedApp, type PlayedApp, textEvents } from "./kit/open-played-app.ts";

// What is said in these tests, each in another place: none of it may reach a log line.
const CANARIES = [
  "canary-question",
  "canary-variable",
  "canary-answer",
  "canary-comment",
  "canary-correction",
];

let at: PlayedApp;
beforeAll(async () => {
  at = await openPlayedApp();
  await at.acme.client.setTraceSettings({ prompt: "triage", sampleRate: 1 });
});
afterAll(() => at[Symbol.asyncDispose]());
beforeEach(() => at.play(() => [...textEvents("canary-", "answer"), FINISH]));

async function answered(fields: Record<string, unknown> = {}): Promise<{ token: string; traceId: string }> {
  const response = await at.ask({ model: "prompt:triage@1", ...fields });
  await response.text();
  return {
    token: response.headers.get(FEEDBACK_TOKEN_HEADER) ?? "",
    traceId: response.headers.get("x-assay-trace-id") ?? "",
  };
}

function give(body: object, headers: Record<string, string> = {}): Promise<Response> {
  return at.app.fetch("/v1/feedback", {
    method: "POST",
    headers: { "content-type": "application/json", origin: "https://shop.example", ...headers },
    body: JSON.stringify(body),
  });
}

test("every answer comes with a token, whole or as a stream, through a prompt or not, for which nobody logs in", async () => {
  for (const fields of [
    {},
    { stream: true },
    { model: "nano" },
    { model: "nano", path: "/v1/completions" },
  ]) {
    const { token, traceId } = await answered(fields);
    const response = await give({ token, thumb: "up" });
    expect(response.status, JSON.stringify(fields)).toBe(201);
    const { items } = await at.acme.client.listFeedback({ traceId });
    expect(items).toMatchObject([{ traceId, score: 1 }]);
    expect(await response.json()).toEqual({ id: items[0]?.id });
  }
});

test("a browser may send it from any page, without credentials, and may do nothing else so", async () => {
  const preflight = (path: string) =>
    at.app.fetch(path, {
      method: "OPTIONS",
      headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
    });
  const allowed = await preflight("/v1/feedback");
  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "content-type, idempotency-key",
  });
  expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
  const { token } = await answered();
  for (const body of [{ token, score: 0.5 }, { token: "forged", score: 0.5 }, { token }]) {
    const response = await give(body);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  }
  for (const path of ["/v1/chat/completions", "/api/traces", "/api/me"]) {
    const response = await preflight(path);
    expect(response.status, path).toBe(405);
    expect(response.headers.get("access-control-allow-origin"), path).toBeNull();
  }
  expect((await at.ask()).headers.get("access-control-allow-origin")).toBeNull();
});

test("what is not feedback is refused, and a token opens nothing but its own answer", async () => {
  const { token, traceId } = await answered();
  const bodies = [
    { token },
    { token, score: 2 },
    { token, score: 1, thumb: "up" },
    { token, thumb: "up", traceId },
  ];
  for (const body of bodies) expect((await give(body)).status, JSON.stringify(body)).toBe(422);
  const forged = await give({
    token: token.replace(/.$/, (last) => (last === "A" ? "E" : "A")),
    thumb: "up",
  });
  expect(forged.status).toBe(401);
  expect(OpenAiError.parse(await forged.json()).error.code).toBe("unauthenticated");
  const asKey = await at.app.fetch(`/api/traces/${traceId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(asKey.status).toBe(401);
  const huge = await give({ token, comment: "x".repeat(LIMITS.feedbackBodyBytesMax) });
  expect(huge.status).toBe(413);
});

test("what was said, answered and thought of it is in no log line", async () => {
  const schema = { type: "object", properties: { name: { type: "string" } } };
  const messages = [
    { role: "system" as const, content: "You speak with {{ name }}." },
    { placeholder: "history" as const },
  ];
  await at.acme.client.addPromptVersion({
    prompt: "triage",
    content: { messages, model: "nano", variables: schema },
  });
  const { token, traceId } = await answered({
    model: "prompt:triage@latest",
    variables: { name: "canary-variable" },
    messages: [{ role: "user", content: "canary-question" }],
  });
  await give({ token, comment: "canary-comment", correction: "canary-correction" });
  const { client } = at.acme;
  const read = [
    await client.getTrace({ traceId }),
    await client.listFeedback({ traceId }),
    await client.listTraces({ hasContent: "true" }),
  ];
  await client.createDataset({ slug: "from-traces" });
  await client.addCasesFromTraces({ dataset: "from-traces", traces: [traceId], preview: false });
  for (const canary of CANARIES) expect(JSON.stringify(read), canary).toContain(canary);
  const logged = at.app.logLines.join("");
  expect(logged).toContain("/v1/feedback");
  for (const secret of [...CANARIES, token]) expect(logged, secret).not.toContain(secret);
});

test("strangers of one address may send so much a minute, and keys are not held up by it", async () => {
  const { token } = await answered();
  // The clock stands still: on a slow machine they take long enough for the minute to move on.
  const stopped = at.app.platform.now();
  at.app.platform.now = () => stopped;
  let refused: Response | undefined;
  for (let n = 0; n <= LIMITS.feedbackPerAddressPerMinuteMax && refused === undefined; n += 1) {
    const response = await give({ token: "forged", thumb: "up" });
    if (response.status === 429) refused = response;
  }
  expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
  expect((await give({ token, thumb: "up" })).status).toBe(429);
  expect((await at.ask()).status).toBe(200);
});
